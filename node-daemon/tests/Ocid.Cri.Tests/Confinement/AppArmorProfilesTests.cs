using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Cri.Confinement;
using Ocid.Cri.V1;
using Ocid.Primitives;
using Ocid.Runtime.Confinement;
using static Ocid.Cri.V1.SecurityProfile.Types;

namespace Ocid.Cri.Tests.Confinement;

/// <summary>The kernel's files and the program that loads profiles are fakes in a folder; a real kernel is asked in the virtual machine of make vm-test.</summary>
public sealed class AppArmorProfilesTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task RuntimeDefault_and_a_request_that_names_none_load_the_default_once_and_again_when_it_was_taken_away()
    {
        WriteKernel("other (enforce)\n");
        WriteParser($"cat >> {_root.Path}/text; echo loaded >> {_root.Path}/loads; echo 'ocid-default (enforce)' >> {Profiles}");
        var profiles = Make(enabled: true);

        (await profiles.ForAsync(new LinuxContainerSecurityContext(), default)).Should().Be("ocid-default");
        (await profiles.ForAsync(Asking(ProfileType.RuntimeDefault), default)).Should().Be("ocid-default");
        (await profiles.ForAsync(Deprecated("runtime/default"), default)).Should().Be("ocid-default");
        File.ReadAllLines(Path.Combine(_root.Path, "loads")).Should().ContainSingle();
        File.ReadAllText(Path.Combine(_root.Path, "text")).Should().Contain("profile ocid-default ");

        WriteKernel("other (enforce)\n");
        await profiles.ForAsync(Asking(ProfileType.RuntimeDefault), default);
        File.ReadAllLines(Path.Combine(_root.Path, "loads")).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_profile_of_a_name_must_be_loaded()
    {
        WriteKernel("k8s-apparmor-example (enforce)\nwith space (complain)\n");
        var profiles = Make(enabled: true);

        (await profiles.ForAsync(Asking(ProfileType.Localhost, "k8s-apparmor-example"), default)).Should().Be("k8s-apparmor-example");
        (await profiles.ForAsync(Asking(ProfileType.Localhost, "localhost/with space"), default)).Should().Be("with space");
        (await profiles.ForAsync(Deprecated("localhost/k8s-apparmor-example"), default)).Should().Be("k8s-apparmor-example");
        var refused = await FluentActions.Awaiting(() => profiles.ForAsync(Asking(ProfileType.Localhost, "k8s"), default)).Should().ThrowAsync<OcidException>();
        refused.Which.Kind.Should().Be(ErrorKind.FailedPrecondition);
        refused.Which.Message.Should().Contain("AppArmor profile \"k8s\": not loaded on this node");
    }

    [Fact]
    public async Task Unconfined_and_privileged_containers_have_none()
    {
        WriteKernel("");
        var profiles = Make(enabled: true);

        (await profiles.ForAsync(Asking(ProfileType.Unconfined), default)).Should().BeNull();
        (await profiles.ForAsync(Deprecated("unconfined"), default)).Should().BeNull();
        (await profiles.ForAsync(new LinuxContainerSecurityContext { Privileged = true }, default)).Should().BeNull();
    }

    [Fact]
    public async Task A_host_without_AppArmor_refuses_a_name_and_has_no_default()
    {
        var profiles = Make(enabled: false);

        (await profiles.ForAsync(Asking(ProfileType.RuntimeDefault), default)).Should().BeNull();
        (await FluentActions.Awaiting(() => profiles.ForAsync(Asking(ProfileType.Localhost, "mine"), default)).Should().ThrowAsync<OcidException>())
            .Which.Message.Should().Be("container: AppArmor profile \"mine\": this host has no AppArmor");
    }

    [Fact]
    public async Task Without_the_program_that_loads_it_the_default_is_refused_where_it_is_asked_for_and_left_out_where_nothing_is_said()
    {
        WriteKernel("");
        var profiles = Make(enabled: true);

        (await profiles.ForAsync(new LinuxContainerSecurityContext(), default)).Should().BeNull();
        (await FluentActions.Awaiting(() => profiles.ForAsync(Asking(ProfileType.RuntimeDefault), default)).Should().ThrowAsync<OcidException>())
            .Which.Message.Should().Contain("install the package apparmor");
    }

    [Fact]
    public async Task What_the_program_says_of_a_profile_that_it_refuses_is_the_error()
    {
        WriteKernel("");
        WriteParser("echo 'AppArmor parser error, in stdin line 7: syntax error' >&2; exit 1");

        (await FluentActions.Awaiting(() => Make(enabled: true).ForAsync(Asking(ProfileType.RuntimeDefault), default)).Should().ThrowAsync<OcidException>())
            .Which.Message.Should().EndWith("AppArmor parser error, in stdin line 7: syntax error");
    }

    private string Profiles => Path.Combine(_root.Path, "sys/kernel/security/apparmor/profiles");

    private AppArmorProfiles Make(bool enabled) => new(enabled, new AppArmorPolicy(_root.Path), NullLogger<AppArmorProfiles>.Instance);

    private void WriteKernel(string profiles)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Profiles)!);
        File.WriteAllText(Profiles, profiles);
    }

    private void WriteParser(string script)
    {
        var program = Path.Combine(_root.Path, "usr/sbin/apparmor_parser");
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        File.WriteAllText(program, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private static LinuxContainerSecurityContext Asking(ProfileType type, string reference = "") =>
        new() { Apparmor = new SecurityProfile { ProfileType = type, LocalhostRef = reference } };

#pragma warning disable CS0612 // what kubelets before 1.30 write
    private static LinuxContainerSecurityContext Deprecated(string profile) => new() { ApparmorProfile = profile };
#pragma warning restore CS0612
}
