using Ocid.Images.Policy;
using Ocid.Images.Signatures;

namespace Ocid.Images.Tests.Signatures;

public sealed class GpgSignatureTests(GpgLab lab) : IClassFixture<GpgLab>
{
    private static readonly Dictionary<string, Func<GpgLab, Task<byte[]>>> Wrong = new()
    {
        ["by another key"] = lab => lab.SignAsync(SignedImage.Payload(), lab.Another),
        ["by a key that has expired"] = lab => lab.MakeAsync(SignedImage.Payload(), "--faked-system-time", "20240105T000000!", "--local-user", lab.Expired, "--sign"),
        ["by a key that is revoked"] = lab => lab.SignAsync(SignedImage.Payload(), lab.Revoked),
        ["expired itself"] = lab => lab.MakeAsync(SignedImage.Payload(), "--faked-system-time", "20240105T000000!", "--default-sig-expire", "10d", "--local-user", lab.Good, "--sign"),
        ["by two keys"] = lab => lab.MakeAsync(SignedImage.Payload(), "--local-user", lab.Good, "--local-user", lab.Another, "--sign"),
        ["two in one file"] = async lab => [.. await Plain(lab), .. await Plain(lab)],
        ["truncated"] = async lab => (await Plain(lab))[..^20],
        ["a byte of the content changed"] = async lab => Changed(await Plain(lab), "team/app:1"u8.ToArray()),
        ["a byte of the signature changed"] = async lab => FlippedBefore(await Plain(lab), 5),
        ["unsigned data before it"] = async lab => [.. await lab.MakeAsync(SignedImage.Payload(), "-z", "0", "--store"), .. await Plain(lab)],
        ["unsigned data in the middle"] = async lab => Inserted(await Plain(lab), await lab.MakeAsync(SignedImage.Payload(), "-z", "0", "--store")),
        ["not signed at all"] = lab => lab.MakeAsync(SignedImage.Payload(), "--store"),
        ["encrypted"] = lab => lab.MakeAsync(SignedImage.Payload(), "--passphrase", "x", "--symmetric"),
        ["cleartext-signed"] = lab => lab.MakeAsync(SignedImage.Payload(), "--local-user", lab.Good, "--clear-sign"),
        ["armoured"] = lab => lab.MakeAsync(SignedImage.Payload(), "--local-user", lab.Good, "--armor", "--sign"),
        ["detached"] = lab => lab.MakeAsync(SignedImage.Payload(), "--local-user", lab.Good, "--detach-sign"),
        ["a compressed bomb"] = lab => lab.MakeAsync(new byte[32 << 20], "-z", "9", "--local-user", lab.Good, "--sign"),
        ["a page of HTML"] = _ => Task.FromResult("<html>not found</html>"u8.ToArray()),
        ["an empty file"] = _ => Task.FromResult<byte[]>([]),
        ["a marked file of an unknown format"] = _ => Task.FromResult("\0simple-signing-2\nxyz"u8.ToArray()),
        ["a marked file without end"] = _ => Task.FromResult("\0simple-signing"u8.ToArray()),
        ["a null optional part"] = lab => lab.SignAsync(SignedImage.PayloadWith(SignedPayload.SimpleType, "{\"creator\":\"test\",\"timestamp\":1700000000}", "null"), lab.Good),
    };

    public static TheoryData<string> WrongNames => [.. Wrong.Keys, .. SignedImage.WrongPayloads.Keys];

    [SkippableTheory]
    [MemberData(nameof(WrongNames))]
    public async Task A_wrong_signature_is_refused(string name)
    {
        lab.SkipIfMissing();
        var blob = Wrong.TryGetValue(name, out var make) ? await make(lab) : await lab.SignAsync(SignedImage.WrongPayloads[name](SignedPayload.SimpleType), lab.Good);

        // The revoked and the expired key are the policy's own; another is not.
        var keys = name.Contains("revoked", StringComparison.Ordinal) ? await lab.RevokedPublicKeyAsync() : name.Contains("key that has expired", StringComparison.Ordinal) ? lab.PublicKeys[lab.Expired] : lab.PublicKeys[lab.Good];
        (await DecideAsync(keys, blob)).Should().NotBeNull();
    }

    [SkippableFact]
    public async Task A_refusal_says_why()
    {
        lab.SkipIfMissing();
        var good = lab.PublicKeys[lab.Good];

        (await DecideAsync(good, await Wrong["by another key"](lab))).Should().Contain("is none of the policy's");
        (await DecideAsync(lab.PublicKeys[lab.Expired], await Wrong["by a key that has expired"](lab))).Should().Contain("the key that signed has expired");
        (await DecideAsync(good, await Wrong["expired itself"](lab))).Should().Contain("the signature has expired");
        (await DecideAsync(good, await lab.SignAsync(SignedImage.WrongPayloads["another tag"](SignedPayload.SimpleType), lab.Good)))
            .Should().Contain("for \"registry.example/team/app:2\", which is not accepted for registry.example/team/app:1");
        (await DecideAsync(good, await lab.SignAsync(SignedImage.WrongPayloads["an extra critical member"](SignedPayload.SimpleType), lab.Good)))
            .Should().EndWith("payload critical: unknown member \"more\"");
        (await DecideAsync(good)).Should().EndWith("a signature is required, and there is none");
    }

    [SkippableFact]
    public async Task A_right_one_is_accepted_also_beside_wrong_ones_and_by_any_of_several_keys()
    {
        lab.SkipIfMissing();
        var right = await lab.SignAsync(SignedImage.Payload(), lab.Good);
        var uncompressed = await Plain(lab);
        var wrong = await Wrong["by another key"](lab);

        (await DecideAsync(lab.PublicKeys[lab.Good], right)).Should().BeNull();
        (await DecideAsync(lab.PublicKeys[lab.Good], uncompressed)).Should().BeNull();
        (await DecideAsync(lab.PublicKeys[lab.Good], wrong, "<html>"u8.ToArray(), right)).Should().BeNull();
        var both = new SignedBy(new KeySource([], [lab.PublicKeys[lab.Good], lab.PublicKeys[lab.Another]]), new SignedIdentity.MatchRepoDigestOrExact());
        (await SignedImage.DecideAsync(both, ImageSignature.FromBlob(wrong))).Should().BeNull();
    }

    [SkippableFact]
    public async Task A_key_file_without_a_key_is_refused_and_named()
    {
        lab.SkipIfMissing();
        var right = await lab.SignAsync(SignedImage.Payload(), lab.Good);

        (await DecideAsync("no key"u8.ToArray(), right)).Should().Contain("no OpenPGP public key");
        var missing = new SignedBy(new KeySource(["/nonexistent/key.pub"], []), new SignedIdentity.MatchExact());
        (await SignedImage.DecideAsync(missing, ImageSignature.FromBlob(right))).Should().Contain("key /nonexistent/key.pub: ");
    }

    [SkippableFact]
    public async Task Nothing_is_left_behind()
    {
        lab.SkipIfMissing();
        var keyring = await Ocid.Images.Signatures.OpenPgp.GpgKeyring.OpenAsync([lab.PublicKeys[lab.Good]], CancellationToken.None);

        await keyring.VerifyAsync(await lab.SignAsync(SignedImage.Payload(), lab.Good), CancellationToken.None);

        keyring.Fingerprints.Should().Equal(lab.Good);
        File.GetUnixFileMode(keyring.Home).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var content = Directory.GetFileSystemEntries(keyring.Home).Select(Path.GetFileName);
        content.Should().NotContain("payload").And.NotContain(name => name!.StartsWith("S.", StringComparison.Ordinal), "an agent has its sockets there");
        keyring.Dispose();
        Directory.Exists(keyring.Home).Should().BeFalse();
    }

    private static Task<string?> DecideAsync(byte[] keys, params byte[][] blobs) =>
        SignedImage.DecideAsync(new SignedBy(new KeySource([], [keys]), new SignedIdentity.MatchRepoDigestOrExact()), [.. blobs.Select(ImageSignature.FromBlob)]);

    private static Task<byte[]> Plain(GpgLab lab) => lab.MakeAsync(SignedImage.Payload(), "-z", "0", "--local-user", lab.Good, "--sign");

    private static byte[] Changed(byte[] message, byte[] piece)
    {
        var changed = (byte[])message.Clone();
        changed[message.AsSpan().IndexOf(piece) + piece.Length - 1] = (byte)'2';
        return changed;
    }

    private static byte[] FlippedBefore(byte[] message, int fromEnd)
    {
        var changed = (byte[])message.Clone();
        changed[^fromEnd] ^= 1;
        return changed;
    }

    // A one-pass signature packet of version 3 is 2 + 13 bytes; the literal data follow.
    private static byte[] Inserted(byte[] message, byte[] other) => [.. message[..15], .. other, .. message[15..]];
}
