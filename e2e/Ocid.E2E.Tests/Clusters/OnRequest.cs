using Ocid.E2E.Clusters;

namespace Ocid.E2E.Tests.Clusters;

/// <summary>Tests of minutes, which <c>make e2e</c> asks for.</summary>
internal static class OnRequest
{
    public static void SkipOtherwise()
    {
        Skip.If(Environment.GetEnvironmentVariable("OCID_E2E") is null, "takes minutes: make e2e");
        Skip.If(OperatorProcess.Program is null, "needs ocid-operator: make build");
    }
}
