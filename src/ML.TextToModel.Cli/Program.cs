using System.Text;
using ML.TextToModel.Cli;
using ML.TextToModel.Cli.Output;

// One buffer for tables, JSON and CSV; the tool flushes it at its end.
var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), bufferSize: 1 << 16);
output.NewLine = "\n";
Console.SetOut(output);
Session? session = null;
using var signals = new StopSignals(() => Tool.ReportStop(session!));
session = new Session(Console.Out, Console.Error, signals.Token) { ErrorIsTerminal = !Console.IsErrorRedirected };
return Tool.Run(args, session);
