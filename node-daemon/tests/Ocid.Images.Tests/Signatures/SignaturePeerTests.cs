using Ocid.Images.Pulling;
using Ocid.Images.Signatures;
using Ocid.Primitives;
using Ocid.Testing;

namespace Ocid.Images.Tests.Signatures;

/// <summary>Signatures of skopeo's verified by us, and ours by skopeo, through a real registry.</summary>
public sealed class SignaturePeerTests(SignatureStation station) : IClassFixture<SignatureStation>
{
    [SkippableFact]
    public async Task A_GPG_signature_of_skopeos_is_accepted_and_stored_with_the_image()
    {
        station.SkipIfMissing();
        await station.SkopeoAsync(
            "--insecure-policy", "copy", "--quiet", "--src-tls-verify=false", "--dest-tls-verify=false", "--sign-by", station.Lab.Good,
            $"docker://{station.Host}/busybox:latest", $"docker://{station.Host}/gpg/by-skopeo:1");
        await using var store = await StoreAsync();

        var pulled = await PullAsync(store, $"{station.Host}/gpg/by-skopeo:1", station.GpgPolicy);

        // skopeo decides by the signatures that it finds in the store.
        var other = station.At("another.pub");
        await File.WriteAllBytesAsync(other, station.Lab.PublicKeys[station.Lab.Another]);
        (await station.SkopeoAcceptsAsync(station.GpgPolicy, $"{store.Transport}{station.Host}/gpg/by-skopeo:1")).Should().BeTrue();
        (await station.SkopeoAcceptsAsync(station.Policy($$"""{"type":"signedBy","keyType":"GPGKeys","keyPath":"{{other}}"}"""), $"{store.Transport}{station.Host}/gpg/by-skopeo:1")).Should().BeFalse();
        var lookaside = Directory.GetFiles(station.At("lookaside"), "signature-1", SearchOption.AllDirectories).Single(file => file.Contains("by-skopeo", StringComparison.Ordinal));
        store.Store.FindImage(pulled.Id)!.Metadata.Should().Contain($":[{new FileInfo(lookaside).Length}]");
    }

    [SkippableFact]
    public async Task A_GPG_signature_of_ours_is_accepted_by_skopeo()
    {
        station.SkipIfMissing();
        var image = await station.ImageAsync("gpg/by-us:1");
        var policy = station.GpgPolicy;
        (await station.SkopeoAcceptsAsync(policy, image)).Should().BeFalse();
        (await station.WeRefuseAsync(policy, image)).Should().EndWith("signedBy: a signature is required, and there is none");

        await station.Lab.GpgAsync("--output", station.At("gpg.private"), "--export-secret-keys", station.Lab.Good);
        var written = await station.SignAsync(image, new SigningKeySource { File = station.At("gpg.private") });

        written.Should().ContainSingle().Which.Place.Should().Be($"{station.At("lookaside")}/gpg/by-us@{written[0].Manifest.ToString().Replace(':', '=')}/signature-1");
        (await station.SkopeoAcceptsAsync(policy, image)).Should().BeTrue();
        (await station.WeRefuseAsync(policy, image)).Should().BeNull();
    }

    [SkippableFact]
    public async Task A_sigstore_signature_of_skopeos_with_our_key_is_accepted()
    {
        station.SkipIfMissing();
        SignatureStation.SkipWithoutSigstore();
        await station.SkopeoAsync(
            "--insecure-policy", "copy", "--quiet", "--remove-signatures", "--src-tls-verify=false", "--dest-tls-verify=false", "--sign-by-sigstore-private-key", station.SigstoreKey,
            "--sign-passphrase-file", station.Passphrase, $"docker://{station.Host}/busybox:latest", $"docker://{station.Host}/sigstore/by-skopeo:1");
        await using var store = await StoreAsync();

        var pulled = await PullAsync(store, $"{station.Host}/sigstore/by-skopeo:1", station.SigstorePolicy);

        var stored = await new StoredSignatures(store.Store, pulled.Id, store.Store.FindImage(pulled.Id)!.Metadata).FindAsync(pulled.ManifestDigest, true, CancellationToken.None);
        stored.Should().ContainSingle().Which.Should().BeOfType<SigstoreSignature>();
    }

    [SkippableFact]
    public async Task A_sigstore_signature_of_ours_is_found_accepted_and_stored()
    {
        station.SkipIfMissing();
        var image = await station.ImageAsync("sigstore/ours:1");
        (await station.WeRefuseAsync(station.SigstorePolicy, image)).Should().EndWith("sigstoreSigned: a signature is required, and there is none");
        await station.SignAsync(image, station.OurSigstoreKey);
        await using var store = await StoreAsync();

        var pulled = await PullAsync(store, image, station.SigstorePolicy);

        var stored = await new StoredSignatures(store.Store, pulled.Id, store.Store.FindImage(pulled.Id)!.Metadata).FindAsync(pulled.ManifestDigest, true, CancellationToken.None);
        stored.Should().ContainSingle().Which.Should().BeOfType<SigstoreSignature>();
        (await station.WeRefuseAsync(station.SigstorePolicy, await station.ImageAsync("sigstore/not-ours:1"))).Should().NotBeNull();
    }

    [SkippableFact]
    public async Task Sigstore_signatures_of_ours_are_accepted_by_skopeo()
    {
        station.SkipIfMissing();
        SignatureStation.SkipWithoutSigstore();
        var image = await station.ImageAsync("sigstore/by-us:1");
        var policy = station.SigstorePolicy;
        (await station.SkopeoAcceptsAsync(policy, image)).Should().BeFalse();

        // A second key's signature is added to the first's.
        await KeyPair.GenerateSigstoreAsync(station.At("second"), null, CancellationToken.None);
        await station.SignAsync(image, new SigningKeySource { File = station.At("second.private") });
        (await station.SkopeoAcceptsAsync(policy, image)).Should().BeFalse();
        (await station.WeRefuseAsync(policy, image)).Should().EndWith("sigstoreSigned: the key did not sign it");
        await station.SignAsync(image, station.OurSigstoreKey);

        (await station.SkopeoAcceptsAsync(policy, image)).Should().BeTrue();
        (await station.WeRefuseAsync(policy, image)).Should().BeNull();
        var byKey = () => station.Verifier.VerifyAsync(ImageReference.Parse(image), new VerificationRequest { KeyFile = station.At("second.pub") }, CancellationToken.None);
        await byKey.Should().NotThrowAsync();
    }

    [SkippableFact]
    public async Task Signatures_in_files_are_the_same_as_skopeos()
    {
        station.SkipIfMissing();
        var image = $"{station.Host}/busybox:latest";
        var manifest = station.At("manifest.json");
        await File.WriteAllTextAsync(manifest, await station.SkopeoAsync("inspect", "--raw", "--tls-verify=false", $"docker://{image}"));

        await station.SkopeoAsync("standalone-sign", manifest, image, station.Lab.Good, "--output", station.At("by-skopeo.sig"));
        await station.Lab.GpgAsync("--output", station.At("standalone.private"), "--export-secret-keys", station.Lab.Good);
        await station.SignAsync(image, new SigningKeySource { File = station.At("standalone.private") }, station.At("by-us.sig"), manifest);

        (await station.SkopeoAsync("standalone-verify", manifest, image, station.Lab.Good, station.At("by-us.sig"))).Should().Contain("verified");
        foreach (var signature in (string[])["by-skopeo.sig", "by-us.sig"])
        {
            var request = new VerificationRequest { KeyFile = station.GpgPublicKey, ManifestFile = manifest, SignatureFile = station.At(signature) };
            var verify = () => station.Verifier.VerifyAsync(ImageReference.Parse(image), request, CancellationToken.None);
            await verify.Should().NotThrowAsync();
            var other = () => station.Verifier.VerifyAsync(ImageReference.Parse(image).WithTag("2"), request, CancellationToken.None);
            await other.Should().ThrowAsync<OcidException>().WithMessage("SignatureValidationFailed: *which is not accepted for*");
        }
    }

    [SkippableFact]
    public async Task Of_an_image_for_several_platforms_each_is_signed()
    {
        station.SkipIfMissing();
        var image = await station.ImageAsync("platforms/app:latest");
        using (var registry = new Ocid.Images.Registry.RegistryClient(
            station.Registries.Transport, ImageReference.Parse(image), null, false, TimeProvider.System, Ocid.Images.Registry.RegistryAccess.PullAndPush))
        {
            var manifest = await registry.ReadManifestAsync("latest", CancellationToken.None);
            var index = System.Text.Encoding.UTF8.GetBytes($$"""
                {"schemaVersion":2,"mediaType":"{{Manifests.MediaTypes.OciIndex}}","manifests":[{"mediaType":"{{manifest.MediaType}}","digest":"{{manifest.Digest}}","size":{{manifest.Bytes.Length}},
                "platform":{"os":"linux","architecture":"{{Manifests.Platform.Host.Architecture}}"} }]}
                """);
            await registry.WriteManifestAsync("several", index, Manifests.MediaTypes.OciIndex, CancellationToken.None);
        }

        var written = await station.SignAsync($"{station.Host}/platforms/app:several", station.OurSigstoreKey);

        written.Should().HaveCount(2);
        (await station.WeRefuseAsync(station.SigstorePolicy, $"{station.Host}/platforms/app:several")).Should().BeNull();
        SignatureStation.SkipWithoutSigstore();
        (await station.SkopeoAcceptsAsync(station.SigstorePolicy, $"{station.Host}/platforms/app:several")).Should().BeTrue();
    }

    [SkippableFact]
    public async Task A_refused_image_never_reaches_the_store()
    {
        station.SkipIfMissing();
        var image = await station.ImageAsync("gpg/unsigned:1");
        await using var store = await StoreAsync();

        var pull = () => PullAsync(store, image, station.GpgPolicy);

        await pull.Should().ThrowAsync<OcidException>().WithMessage($"SignatureValidationFailed: image {image}: policy scope default: signedBy: a signature is required, and there is none");
        store.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task An_image_of_the_store_is_checked_again_for_a_namespace_with_a_policy_of_its_own()
    {
        station.SkipIfMissing();
        var unsigned = await station.ImageAsync("sigstore/of-another-namespace:1");
        var signed = await station.ImageAsync("sigstore/of-this-namespace:1");
        await station.SignAsync(signed, station.OurSigstoreKey);
        await using var store = await StoreAsync();
        Directory.CreateDirectory(store.Policies);
        File.Copy(station.SigstorePolicy, Path.Combine(store.Policies, "payments.json"));
        // One image for both names, as the store sees it: what is signed is the manifest for a name.
        var pulled = await PullAsync(store, signed, null);

        Task RequireAsync(string asked, string space) => store.SignaturePolicy.RequireStoredAsync(store.Store, pulled.Id, asked, space, CancellationToken.None);

        await RequireAsync(signed, "payments");
        await RequireAsync(unsigned, "default");
        await FluentActions.Awaiting(() => RequireAsync(unsigned, "payments")).Should().ThrowAsync<OcidException>().WithMessage("SignatureValidationFailed: *which is not accepted for*");
        await FluentActions.Awaiting(() => RequireAsync("", "payments")).Should().ThrowAsync<OcidException>().WithMessage("SignatureValidationFailed: *is not known*");
        await FluentActions.Awaiting(() => PullAsync(store, unsigned, null, "payments")).Should().ThrowAsync<OcidException>().WithMessage("SignatureValidationFailed: *");
    }

    [SkippableFact]
    public async Task Keys_of_both_kinds_are_made_for_all_tools()
    {
        station.SkipIfMissing();
        var prefix = station.At("made");
        var fingerprint = await KeyPair.GenerateGpgAsync(prefix, "Release <release@example.org>", "2y", station.Passphrase, CancellationToken.None);

        (await Tool.RunAsync("gpg", "--homedir", station.Lab.Home, "--batch", "--show-keys", "--with-colons", prefix + ".pub")).Should().Contain(fingerprint);
        File.GetUnixFileMode(prefix + ".private").Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var again = () => KeyPair.GenerateSigstoreAsync(prefix, null, CancellationToken.None);
        await again.Should().ThrowAsync<OcidException>().Where(e => e.Kind == ErrorKind.AlreadyExists);

        var image = await station.ImageAsync("gpg/made:1");
        await station.SignAsync(image, new SigningKeySource { File = prefix + ".private", PassphraseFile = station.Passphrase });
        var verify = () => station.Verifier.VerifyAsync(ImageReference.Parse(image), new VerificationRequest { KeyFile = prefix + ".pub" }, CancellationToken.None);
        await verify.Should().NotThrowAsync();
    }

    private async Task<PulledStore> StoreAsync()
    {
        var store = await PulledStore.OpenAsync();
        Directory.CreateDirectory(store.Etc);
        await Tool.RunAsync("cp", "-r", Path.Combine(station.Etc, "registries.d"), store.Etc);
        return store;
    }

    private static Task<PulledImage> PullAsync(PulledStore store, string image, string? policy, string? space = null) => store.Puller.PullAsync(
        ImageReference.Parse(image), new PullOptions { TlsVerify = false, SignaturePolicyFile = policy, Namespace = space }, null, CancellationToken.None);
}
