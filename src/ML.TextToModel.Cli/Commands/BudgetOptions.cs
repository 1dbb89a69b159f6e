using System.CommandLine;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Cli.Commands;

/// <summary>The options that say how large and slow a classifier may be.</summary>
internal sealed class BudgetOptions
{
    private readonly Option<long?> _parameters = Numbers.Option<long>(
        "--max-parameters", "N", "Numbers in the classifier, at most [default: no limit].", least: 1);

    private readonly Option<double?> _milliseconds = Numbers.Option(
        "--max-ms", "T", "Milliseconds for one prediction on one core, at most [default: no limit].", least: 0d,
        above: true);

    private readonly Option<double?> _megabytes = Numbers.Option(
        "--max-mb", "M", "Megabytes that it needs, at most [default: no limit].", least: 0d, above: true);

    public BudgetOptions(Command command)
    {
        command.Add(_parameters);
        command.Add(_milliseconds);
        command.Add(_megabytes);
    }

    public ModelBudget Read(ParseResult arguments) => new(
        arguments.GetValue(_parameters), arguments.GetValue(_milliseconds), arguments.GetValue(_megabytes));
}
