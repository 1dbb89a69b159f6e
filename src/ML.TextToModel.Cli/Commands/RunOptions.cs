using System.CommandLine;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Training;

namespace ML.TextToModel.Cli.Commands;

/// <summary>The options that say how a training runs, the same in every verb that trains.</summary>
internal sealed class RunOptions
{
    private readonly Option<int?> _threads =
        Numbers.Option("--threads", "N", "Threads [default: one per processor].", least: 1);

    private readonly Option<double?> _timeBudget = Numbers.Option(
        "--time-budget", "S", "Stop training after so many seconds, and write what there is then.", least: 0d,
        above: true);

    private readonly Option<double?> _saveEvery;

    private readonly Option<bool> _restart =
        new("--restart") { Description = "Start anew even where there is a state to go on from." };

    private readonly double _defaultSaveEvery;

    /// <param name="command">The verb that gets the options.</param>
    /// <param name="saveEvery">Seconds between two writings of the state, unless the user says otherwise.</param>
    public RunOptions(Command command, double saveEvery)
    {
        _defaultSaveEvery = saveEvery;
        _saveEvery = Numbers.Option(
            "--save-every", "S", $"Seconds between two writings of the state [default: {saveEvery}].", least: 0d);
        foreach (Option option in new Option[] { _threads, _timeBudget, _saveEvery, _restart }) command.Add(option);
    }

    /// <summary>Sets the number of threads; where asked to start anew, deletes what an earlier run left.</summary>
    public void Apply(ParseResult arguments, params IEnumerable<string> left)
    {
        if (arguments.GetValue(_threads) is { } threads) ComputeThreads.Count = threads;
        if (!arguments.GetValue(_restart)) return;
        foreach (string path in left) File.Delete(path);
    }

    /// <summary>The run that keeps its state in a file.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="state">The file.</param>
    /// <param name="session">Has the clock.</param>
    /// <param name="used">What is gone of the time budget already.</param>
    public TrainingRun Run(ParseResult arguments, string state, Session session, TimeSpan used = default) => new()
    {
        StatePath = state,
        SaveEvery = TimeSpan.FromSeconds(arguments.GetValue(_saveEvery) ?? _defaultSaveEvery),
        TimeBudget = arguments.GetValue(_timeBudget) is { } budget ? TimeSpan.FromSeconds(budget) - used : null,
        Time = session.Time,
    };

    /// <summary>Deletes the state of a complete training; says how to go on with any other.</summary>
    public static void Finish(TrainingOutcome outcome, int totalSteps, string state, Session session)
    {
        if (outcome.IsComplete) File.Delete(state);
        else
            session.Warn($"The time budget ended the training at step {outcome.Step} of {totalSteps}; " +
                $"{state} keeps it, and the same command goes on.");
    }
}
