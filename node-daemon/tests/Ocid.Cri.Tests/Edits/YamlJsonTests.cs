using System.Text;
using Ocid.Cri.Edits;
using YamlDotNet.Core;

namespace Ocid.Cri.Tests.Edits;

public sealed class YamlJsonTests
{
    [Theory]
    [InlineData("a: text\nb: [1, -2, true, null, ~]", """{"a":"text","b":[1,-2,true,null,null]}""")]
    [InlineData("a: \"1\"\nb: '0640'\nc: 0640\nd: 0o640", """{"a":"1","b":"0640","c":416,"d":416}""")]
    [InlineData("a:\n- b: |\n    x\n    y\n- {}", """{"a":[{"b":"x\ny\n"},{}]}""")]
    [InlineData("a: 1.0.0\nb: 0x10\nc: 08", """{"a":"1.0.0","b":"0x10","c":8}""")]
    [InlineData("", "null")]
    public void Yaml_is_the_same_json(string yaml, string json) => Encoding.UTF8.GetString(YamlJson.Convert(new StringReader(yaml))).Should().Be(json);

    [Fact]
    public void What_is_no_yaml_is_refused() => FluentActions.Invoking(() => YamlJson.Convert(new StringReader("a: [1"))).Should().Throw<YamlException>();
}
