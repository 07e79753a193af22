using System.CommandLine;
using Ocid.Operator.Serving;

namespace Ocid.Operator.Commands;

/// <summary>An option that is an address with a port, or none.</summary>
internal static class AddressOption
{
    public static Option<ListenAddress> Create(string name, string description, string byDefault) => new(name)
    {
        Description = description,
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => ListenAddress.TryParse(byDefault)!,
        CustomParser = result =>
        {
            if (ListenAddress.TryParse(result.Tokens[0].Value) is { } address)
                return address;
            result.AddError($"{name}: want address:port, or none");
            return null;
        },
    };
}
