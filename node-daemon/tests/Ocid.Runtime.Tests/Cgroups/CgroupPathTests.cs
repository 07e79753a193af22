using Ocid.Primitives;
using Ocid.Runtime.Cgroups;

namespace Ocid.Runtime.Tests.Cgroups;

public sealed class CgroupPathTests
{
    [Theory]
    [InlineData("kubepods/pod1/", "/kubepods/pod1")]
    [InlineData("//a//b", "/a/b")]
    public void Parse_normalises(string text, string expected) => CgroupPath.Parse(text).Value.Should().Be(expected);

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/a/../b")]
    [InlineData("/a/./b")]
    [InlineData("/a\n")]
    public void TryParse_refuses_what_leads_elsewhere(string text) => CgroupPath.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void A_child_is_one_component() =>
        FluentActions.Invoking(() => CgroupPath.Parse("/a").Child("b/c")).Should().Throw<OcidException>();

    [Fact]
    public void The_path_above_ends_below_the_root()
    {
        CgroupPath.Parse("/a/b").Parent.Should().Be(CgroupPath.Parse("/a"));
        CgroupPath.Parse("/a").Parent.Should().BeNull();
    }

    [Fact]
    public void Slices_nest_by_their_dashes()
    {
        SystemdCgroup.SlicePath("kubepods-burstable-pod1_2.slice").Value.Should().Be("/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1_2.slice");
        SystemdCgroup.ScopePath("kubepods.slice", "ocid", "c1").Value.Should().Be("/kubepods.slice/ocid-c1.scope");
        SystemdCgroup.CgroupsPath("kubepods.slice", "ocid", "c1").Should().Be("kubepods.slice:ocid:c1");
    }

    [Theory]
    [InlineData("kubepods")]
    [InlineData(".slice")]
    [InlineData("a--b.slice")]
    [InlineData("-a.slice")]
    [InlineData("a/b.slice")]
    public void What_is_no_slice_is_refused(string text) =>
        FluentActions.Invoking(() => SystemdCgroup.SlicePath(text)).Should().Throw<OcidException>();
}
