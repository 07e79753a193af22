using Ocid.Linux.Mounting;

namespace Ocid.Linux.Tests.Mounting;

public sealed class MountTableTests
{
    [Fact]
    public void Parse_reads_every_field_and_undoes_escapes()
    {
        var mount = MountTable.Parse(@"36 35 98:0 /mnt1 /mnt\0402\134x rw,noatime master:1 shared:7 - ext3 /dev/root rw,errors=continue").Should().ContainSingle().Subject;

        mount.Should().BeEquivalentTo(new MountInfo(
            36, 35, "98:0", "/mnt1", @"/mnt 2\x", "rw,noatime", ["master:1", "shared:7"], "ext3", "/dev/root", "rw,errors=continue"));
    }

    [Fact]
    public void Parse_takes_a_mount_without_optional_fields_and_leaves_out_what_is_none() =>
        MountTable.Parse("garbage\n22 1 0:5 / /proc rw - proc proc rw\n\n").Should().ContainSingle().Which.OptionalFields.Should().BeEmpty();

    [Fact]
    public void The_root_is_a_mount_point_and_a_fresh_directory_is_none()
    {
        var fresh = Directory.CreateTempSubdirectory("ocid-mounts-");

        MountTable.IsMountPoint("/proc").Should().BeTrue();
        MountTable.IsMountPoint(fresh.FullName).Should().BeFalse();
        fresh.Delete();
    }
}
