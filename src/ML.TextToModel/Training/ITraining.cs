using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// A training that advances step by step and can be saved and resumed at any of them, to the same bits on one machine,
/// whatever the number of threads.
/// </summary>
public interface ITraining
{
    /// <summary>Steps taken so far.</summary>
    int Step { get; }

    /// <summary>Steps of the whole training.</summary>
    int TotalSteps { get; }

    /// <summary>Examples seen so far: images or rows, or whole tables for a table generator.</summary>
    long Examples { get; }

    /// <summary>All that changes from step to step, by name.</summary>
    IEnumerable<KeyValuePair<string, Tensor>> State { get; }

    /// <summary>Takes the next step.</summary>
    /// <returns>The loss of the batch before the step.</returns>
    /// <exception cref="InvalidOperationException">All steps are taken.</exception>
    float Advance();

    /// <summary>Goes on from a step whose <see cref="State"/> was filled in.</summary>
    void ResumeAt(int step);
}
