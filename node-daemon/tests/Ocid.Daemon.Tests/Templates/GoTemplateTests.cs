using Ocid.Daemon.Templates;
using Ocid.Primitives;

namespace Ocid.Daemon.Tests.Templates;

/// <summary>What templates make of a value; the expectations are what skopeo 1.9.3 and Go 1.27 print.</summary>
public sealed class GoTemplateTests
{
    private static readonly GoStruct s_image = new(
        ("Name", "registry.example/app"),
        ("Created", new GoTime("2024-01-02T03:04:05.678Z")),
        ("Labels", new Dictionary<string, string> { ["z"] = "1", ["a.b"] = "<&>é" }),
        ("Layers", new List<string> { "sha256:aa", "sha256:bb" }),
        ("Env", new List<string>()),
        ("Size", 42L),
        ("Docker", ""),
        ("Nothing", null),
        ("LayersData", new List<GoStruct> { new(("Digest", "sha256:aa"), ("Size", 7L)), new(("Digest", "sha256:bb"), ("Size", 8L)) }));

    [Theory]
    [InlineData("{{.Name}}", "registry.example/app")]
    [InlineData("{{ .Name }} {{.Size}}", "registry.example/app 42")]
    [InlineData("{{.Created}}", "2024-01-02 03:04:05.678 +0000 UTC")]
    [InlineData("{{.Labels}} {{.Layers}} {{.Env}} {{.Nothing}}", "map[a.b:<&>é z:1] [sha256:aa sha256:bb] [] <nil>")]
    [InlineData("{{.LayersData}}", "[{sha256:aa 7} {sha256:bb 8}]")]
    [InlineData("{{json .Labels}}", "{\"a.b\":\"<&>é\",\"z\":\"1\"}")]
    [InlineData("{{.Created | json}} {{json .Size}} {{json .Nothing}}", "\"2024-01-02T03:04:05.678Z\" 42 null")]
    [InlineData("{{json .LayersData}}", "[{\"Digest\":\"sha256:aa\",\"Size\":7},{\"Digest\":\"sha256:bb\",\"Size\":8}]")]
    [InlineData("{{.Labels.z}}{{.Labels.none}}{{index .Labels \"a.b\"}}", "1<&>é")]
    [InlineData("{{range .Layers}}{{.}}{{\"\\n\"}}{{end}}", "sha256:aa\nsha256:bb")]
    [InlineData("{{range .Layers}}{{.}}\\n{{end}}", "sha256:aa\nsha256:bb")]
    [InlineData("{{range $i, $l := .Layers}}{{if $i}}, {{end}}{{$i}}={{$l}}{{end}}", "0=sha256:aa, 1=sha256:bb")]
    [InlineData("{{range $k, $v := .Labels}}{{$k}}={{$v}};{{end}}", "a.b=<&>é;z=1;")]
    [InlineData("{{range .LayersData}}{{.Digest}}:{{.Size}} of {{$.Name}}|{{end}}", "sha256:aa:7 of registry.example/app|sha256:bb:8 of registry.example/app|")]
    [InlineData("{{range .Env}}x{{else}}none{{end}}", "none")]
    [InlineData("{{if .Docker}}docker{{else if eq .Size 42}}forty-two{{else}}other{{end}}", "forty-two")]
    [InlineData("{{with .Labels}}{{.z}}{{end}}{{with .Docker}}{{.}}{{else}}-{{end}}", "1-")]
    [InlineData("{{with $n := .Name}}{{$n}}{{end}}", "registry.example/app")]
    [InlineData("{{$s := 0}}{{range .LayersData}}{{$s = .Size}}{{end}}{{$s}}", "8")]
    [InlineData("{{join .Layers \", \"}} {{len .Layers}} {{len .Name}}", "sha256:aa, sha256:bb 2 20")]
    [InlineData("{{index .Layers 1}} {{(index .LayersData 0).Size}}", "sha256:bb 7")]
    [InlineData("{{.Name | upper}} {{truncate .Name 8}} {{index (split .Name \"/\") 1}}", "REGISTRY.EXAMPLE/APP registry app")]
    [InlineData("{{and .Name .Docker | not}} {{or .Docker .Name}} {{ne .Name \"x\"}} {{lt .Size 43}}", "true registry.example/app true true")]
    [InlineData("a {{- .Size -}} b{{/* nothing */}}", "a42b")]
    [InlineData("{{`raw`}} {{print 1 true \"x\"}}", "raw 1 truex")]
    public void A_template_prints_what_Go_prints(string template, string expected) =>
        GoTemplate.Parse(template).Render(s_image).TrimEnd('\n').Should().Be(expected);

    [Fact]
    public void The_template_ends_with_a_new_line()
    {
        GoTemplate.Parse("{{range .Layers}}{{.}}\\n{{end}}").Render(s_image).Should().Be("sha256:aa\nsha256:bb\n\n");
        GoTemplate.Parse("{{.Name}}").Render(s_image).Should().Be("registry.example/app\n");
        GoTemplate.Parse("{{.Name}}\\n").Render(s_image).Should().Be("registry.example/app\n");
    }

    [Theory]
    [InlineData("{{.Digst}}", "--format: .Digst: no such field; there are Name, Created, Labels, *")]
    [InlineData("{{.Name.First}}", "--format: .First: a string has no fields")]
    [InlineData("{{.Name", "--format: column 1: this {{ has no }}")]
    [InlineData("{{if .Name}}x", "--format: an {{if}}, {{with}} or {{range}} has no {{end}}")]
    [InlineData("x{{end}}", "--format: column 4: end was not expected here")]
    [InlineData("{{printf \"%s\" .Name}}", "--format: column 3: printf is not supported; there are and, eq, *")]
    [InlineData("{{jsn .Name}}", "--format: column 3: jsn is no function; there are *")]
    [InlineData("{{template \"x\"}}", "--format: column 3: template is not supported; *")]
    [InlineData("{{json}}", "--format: column 3: json wants 1 arguments, not 0")]
    [InlineData("{{.Name | .Size}}", "--format: column 11: .Size is no function: nothing can be piped into it")]
    [InlineData("{{$x}}", "--format: the variable $x is nowhere declared")]
    [InlineData("{{range .Size}}{{end}}", "--format: range: a number has no elements")]
    [InlineData("{{index .Layers 2}}", "--format: index: there is no place 2 among 2")]
    [InlineData("{{upper .Size}}", "--format: upper: want a string, not a number")]
    [InlineData("{{\"x}}", "--format: column 3: this string has no end")]
    [InlineData("{{.Name ! }}", "--format: column 9: ! is not understood")]
    [InlineData("{{/* x}}", "--format: column 1: this comment has no end")]
    public void What_is_not_supported_or_not_there_is_said_with_its_place(string template, string message)
    {
        var render = () => GoTemplate.Parse(template).Render(s_image);

        render.Should().Throw<OcidException>().WithMessage(message).Which.Kind.Should().Be(ErrorKind.InvalidArgument);
    }
}
