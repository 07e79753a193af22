using Ocid.Operator.Commands;

return await OperatorCommandLine.RunAsync(args, Terminal.OfThisProcess());
