using Ocid.Linux.Cryptography;
using Ocid.Primitives;

namespace Ocid.Linux.Tests;

public sealed class CryptographyTests
{
    // https://www.rfc-editor.org/rfc/rfc7914#section-12
    [Theory]
    [InlineData("", "", 16, 1, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906")]
    [InlineData("password", "NaCl", 1024, 8, 16, "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640")]
    public void Scrypt_derives_the_keys_of_its_specification(string passphrase, string salt, int cost, int blockSize, int parallelization, string key) =>
        Convert.ToHexStringLower(Scrypt.Derive(System.Text.Encoding.ASCII.GetBytes(passphrase), System.Text.Encoding.ASCII.GetBytes(salt), cost, blockSize, parallelization, 64)).Should().Be(key);

    [Fact]
    public void Scrypt_refuses_what_would_take_the_machines_memory()
    {
        var derive = () => Scrypt.Derive("p"u8, "s"u8, 1 << 30, 8, 1, 32);

        derive.Should().Throw<OcidException>().Where(e => e.Kind == ErrorKind.InvalidArgument);
    }

    // https://www.rfc-editor.org/rfc/rfc8032#section-7.1, test 3
    [Fact]
    public void Ed25519_verifies_the_signatures_of_its_specification()
    {
        var key = Convert.FromHexString("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
        var signature = Convert.FromHexString("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
        byte[] content = [0xaf, 0x82];

        Ed25519.Verify(key, content, signature).Should().BeTrue();
        Ed25519.Verify(key, [0xaf, 0x83], signature).Should().BeFalse();
        Ed25519.Verify(key, content, signature.AsSpan(1)).Should().BeFalse();
        Ed25519.Verify(new byte[32], content, signature).Should().BeFalse();
    }
}
