namespace ML.TextToModel.Requirements;

/// <summary>
/// Turns what a user has into a requirement: the requirement generator of ModelGPT (arXiv 2402.12408, section 3.1).
/// Safe for use by several threads.
/// </summary>
public interface IRequirementGenerator
{
    /// <summary>Makes the requirement of an input; what it cannot find out stays unknown.</summary>
    /// <param name="input">What the user has; read as far as needed, and again where that is needed.</param>
    /// <param name="progress">Takes lines that say what is being done.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ModelInputException">The input cannot be read; the message says why.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<TaskRequirement> GenerateAsync(
        TaskInput input, IProgress<string>? progress = null, CancellationToken cancel = default);
}
