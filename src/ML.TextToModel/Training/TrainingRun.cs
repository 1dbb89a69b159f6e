namespace ML.TextToModel.Training;

/// <summary>How far a training is.</summary>
/// <param name="Step">Steps taken so far, those before resuming included.</param>
/// <param name="TotalSteps">Steps of the whole training.</param>
/// <param name="Loss">The loss of the last batch.</param>
/// <param name="Examples">Examples seen since this run began.</param>
/// <param name="Elapsed">Time since this run began.</param>
/// <param name="Left">Time that the steps to come will take, as fast as those of this run.</param>
public readonly record struct TrainingProgress(
    int Step, int TotalSteps, float Loss, long Examples, TimeSpan Elapsed, TimeSpan Left);

/// <summary>How a run ended.</summary>
/// <param name="Step">Steps taken so far, those before resuming included.</param>
/// <param name="IsComplete">Whether that is all of them; otherwise the time budget was spent.</param>
/// <param name="ResumedAt">The step at which this run went on; null where it began at the first.</param>
/// <param name="Examples">Examples seen in this run.</param>
/// <param name="Elapsed">Time this run took.</param>
public sealed record TrainingOutcome(int Step, bool IsComplete, int? ResumedAt, long Examples, TimeSpan Elapsed);

/// <summary>
/// Runs a training to its end, or until it is stopped or its time is spent. Its state is kept in a file meanwhile, from
/// which the next run of the same training goes on, to the same bits as if it had never stopped.
/// </summary>
public sealed record TrainingRun
{
    /// <summary>The file that keeps the state. Default null: none does.</summary>
    public string? StatePath { get; init; }

    /// <summary>Names architecture, data, options and seed; a state with another fingerprint is not resumed.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Time between two writings of the state. Default 10 seconds.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Time after which the run ends early, with the parameters as they are then. Default null: none.
    /// </summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Trains. The state is left in its file also when the training is complete; delete it when you have what you want.
    /// </summary>
    /// <param name="training">The training, at its first step.</param>
    /// <param name="progress">Is told of every step.</param>
    /// <param name="cancel">Stops the run after the step it is at.</param>
    /// <exception cref="ModelInputException">
    /// The state is damaged or another training's, or the training diverged: its state is then deleted.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was stopped; the state is kept.</exception>
    /// <exception cref="IOException">The state cannot be written.</exception>
    public TrainingOutcome Run(
        ITraining training, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        long start = Time.GetTimestamp();
        TimeSpan elapsed = TimeSpan.Zero, saved = TimeSpan.Zero;
        int? resumedAt = Resume(training) ? training.Step : null;
        int first = training.Step;
        long firstExamples = training.Examples;
        Save(training);   // a place that cannot be written to shows before the work, not after it
        while (training.Step < training.TotalSteps && !(elapsed >= TimeBudget))
        {
            if (cancel.IsCancellationRequested)
            {
                Save(training);
                cancel.ThrowIfCancellationRequested();
            }
            float loss = training.Advance();
            if (!float.IsFinite(loss)) throw Diverged(training, loss);
            elapsed = Time.GetElapsedTime(start);
            TimeSpan left = elapsed * ((double)(training.TotalSteps - training.Step) / (training.Step - first));
            progress?.Report(new(training.Step, training.TotalSteps, loss, Examples(), elapsed, left));
            if (elapsed - saved < SaveEvery) continue;
            Save(training);
            saved = elapsed;
        }
        Save(training);
        return new(
            training.Step, training.Step == training.TotalSteps, resumedAt, Examples(), Time.GetElapsedTime(start));

        long Examples() => training.Examples - firstExamples;
    }

    private bool Resume(ITraining training)
    {
        if (StatePath is null || !File.Exists(StatePath)) return false;
        return TrainingState.TryResume(StatePath, training, Fingerprint) ? true : throw new ModelInputException(
            $"{StatePath} keeps the state of another training, with other data, options or seed. Start that one " +
            "again to go on with it, or delete the file to start anew.");
    }

    private void Save(ITraining training)
    {
        if (StatePath is not null) TrainingState.Save(StatePath, training, Fingerprint);
    }

    private ModelInputException Diverged(ITraining training, float loss)
    {
        if (StatePath is not null) File.Delete(StatePath);
        return new(
            $"The training diverged: at step {training.Step} of {training.TotalSteps} its loss is {loss}. " +
            "Take a lower rate.");
    }
}
