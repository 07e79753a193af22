using System.Globalization;

namespace Ocid.Daemon.Templates;

/// <summary>A function that templates may call: Go's own that work on values, and those that podman and skopeo add.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Least">How many arguments it wants.</param>
/// <param name="Most">And at most.</param>
/// <param name="Run">What it does.</param>
internal sealed record TemplateFunction(string Name, int Least, int Most, Func<IReadOnlyList<object?>, object?> Run)
{
    private static readonly TemplateFunction[] s_all =
    [
        new("json", 1, 1, a => GoText.Json(a[0])),
        new("join", 2, 2, a => string.Join(Text(a[1], "join"), Texts(a[0], "join"))),
        new("split", 2, 2, a => Text(a[0], "split").Split(Text(a[1], "split"))),
        new("lower", 1, 1, a => Text(a[0], "lower").ToLowerInvariant()),
        new("upper", 1, 1, a => Text(a[0], "upper").ToUpperInvariant()),
        new("title", 1, 1, a => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Text(a[0], "title"))),
        new("truncate", 2, 2, a => Text(a[0], "truncate")[..(int)Math.Clamp(Number(a[1], "truncate"), 0, Text(a[0], "truncate").Length)]),
        new("len", 1, 1, a => a[0] is string text ? (long)System.Text.Encoding.UTF8.GetByteCount(text) : GoText.Elements(a[0]).Count),
        new("index", 2, int.MaxValue, a => a.Skip(1).Aggregate(a[0], Index)),
        new("print", 0, int.MaxValue, a => string.Concat(a.Select((value, at) => (at > 0 && value is not string && a[at - 1] is not string ? " " : "") + GoText.Print(value)))),
        new("println", 0, int.MaxValue, a => string.Join(' ', a.Select(GoText.Print)) + "\n"),
        new("not", 1, 1, a => !GoText.IsTrue(a[0])),
        new("and", 1, int.MaxValue, a => a.FirstOrDefault(value => !GoText.IsTrue(value), a[^1])),
        new("or", 1, int.MaxValue, a => a.FirstOrDefault(GoText.IsTrue, a[^1])),
        new("eq", 2, int.MaxValue, a => a.Skip(1).Any(value => Equals(value, a[0]))),
        new("ne", 2, 2, a => !Equals(a[0], a[1])),
        new("lt", 2, 2, a => Compare(a, "lt") < 0),
        new("le", 2, 2, a => Compare(a, "le") <= 0),
        new("gt", 2, 2, a => Compare(a, "gt") > 0),
        new("ge", 2, 2, a => Compare(a, "ge") >= 0),
    ];

    public static TemplateFunction? Find(string name) => s_all.FirstOrDefault(function => function.Name == name);

    public static string Names => string.Join(", ", s_all.Select(function => function.Name).Order(StringComparer.Ordinal));

    public object? Call(IReadOnlyList<object?> arguments) => Run(arguments);

    // A place in a list, a key of a map.
    private static object? Index(object? of, object? at) => (of, at) switch
    {
        (IReadOnlyDictionary<string, string> map, string key) => map.GetValueOrDefault(key, ""),
        (string, _) or (GoStruct, _) or (IReadOnlyDictionary<string, string>, _) => throw GoTemplate.Wrong($"index: {GoText.Kind(of)} has no place {GoText.Print(at)}"),
        _ => GoText.Elements(of) is var elements && Number(at, "index") is var place && place >= 0 && place < elements.Count
            ? elements[(int)place].Value
            : throw GoTemplate.Wrong($"index: there is no place {GoText.Print(at)} among {GoText.Elements(of).Count}"),
    };

    private static int Compare(IReadOnlyList<object?> arguments, string name) => (arguments[0], arguments[1]) switch
    {
        (long one, long other) => one.CompareTo(other),
        (string one, string other) => string.CompareOrdinal(one, other),
        var (one, other) => throw GoTemplate.Wrong($"{name}: {GoText.Kind(one)} and {GoText.Kind(other)} have no order"),
    };

    private static string Text(object? value, string name) =>
        value as string ?? throw GoTemplate.Wrong($"{name}: want a string, not {GoText.Kind(value)}");

    private static long Number(object? value, string name) =>
        value is long number ? number : throw GoTemplate.Wrong($"{name}: want a number, not {GoText.Kind(value)}");

    private static IEnumerable<string> Texts(object? value, string name) => GoText.Elements(value).Select(element => Text(element.Value, name));
}
