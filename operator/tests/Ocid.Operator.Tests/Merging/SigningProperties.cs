using FsCheck.Xunit;
using Ocid.Operator.Merging;

namespace Ocid.Operator.Tests.Merging;

/// <summary>Whatever the RuntimeConfigs say.</summary>
public sealed class SigningProperties
{
    private static readonly string[] Scopes = ["*.example", "a.example", "a.example/x", "a.example/x/y", "b.example:5000", "b.example:5000/z"];
    private static readonly string[] Images = ["a.example/x/y:1", "a.example/x/q", "a.example/p", "b.example:5000/z/w", "c.example/v", "docker.io/library/busybox"];
    private static readonly string[] Namespaces = ["", "n", "m"];

    [Property(MaxTest = 500)]
    public void What_is_enforced_is_asked_of_every_image_that_no_higher_priority_speaks_of(int seed)
    {
        var chance = new Random(seed);
        var enforcing = Layer("enforcing", 10, chance, isEnforced: true);
        var others = Enumerable.Range(0, 3).Select(index => Layer($"low{index}", index, chance, chance.Next(2) == 0)).ToList();

        var alone = Merge.Of([enforcing]).Configuration;
        var together = Merge.Of([enforcing, .. others]).Configuration;

        foreach (var view in together.Signing)
        {
            var own = alone.Signing.FirstOrDefault(other => other.Namespace == view.Namespace) ?? alone.Signing[0];
            foreach (var image in Images)
                IsAtLeast(view.RuleFor(image), own.RuleFor(image)).Should().BeTrue($"{image} in {view.Namespace}: {SigningText.Of(own.RuleFor(image))} became {SigningText.Of(view.RuleFor(image))}");
        }
    }

    private static bool IsAtLeast(SigningRule rule, SigningRule enforced) =>
        rule.RejectsEverything || enforced.Requirements.All(requirement => requirement is SigningRequirement.Accept || rule.Requirements.Contains(requirement));

    private static Layer Layer(string name, int priority, Random chance, bool isEnforced) => A.Layer(name, priority).Signing(
        chance.Next(3) == 0 ? null : Requirement(chance),
        isEnforced,
        [.. Scopes.Where(_ => chance.Next(2) == 0).Select(scope => A.Policy(scope, Requirement(chance), Namespaces[chance.Next(Namespaces.Length)] is { Length: > 0 } one ? [one] : []))]);

    private static SigningRequirement Requirement(Random chance) => chance.Next(4) switch
    {
        0 => A.Accept,
        1 => A.Reject,
        var key => A.SignedWith($"key{key}"),
    };
}
