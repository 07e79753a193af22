using System.Text;
using Ocid.Runtime.Oci;

namespace Ocid.Runtime.Tests.Oci;

public sealed class RuntimeLogTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("\n", null)]
    [InlineData("""{"level":"error","msg":"container does not exist","time":"x"}""", "container does not exist")]
    [InlineData("""
        {"level":"warning","msg":"odd"}
        {"level":"error","msg":"first"}
        {"level":"error","msg":"second"}
        {"level":"warning","msg":"later"}
        """, "second")]
    [InlineData("{\"level\":\"error\",\"msg\":\"two\\nlines\"}", "two\\u000alines")]
    [InlineData("panic: runtime error\ngoroutine 1", "goroutine 1")]
    [InlineData("{\"level\":\"warning\",\"msg\":\"odd\"}\nplain words", "plain words")]
    [InlineData("{broken", "{broken")]
    public void The_last_error_counts(string log, string? expected) =>
        RuntimeLog.LastError(Encoding.UTF8.GetBytes(log)).Should().Be(expected);
}
