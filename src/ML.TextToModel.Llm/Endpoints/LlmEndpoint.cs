using Microsoft.Extensions.AI;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Llm;

/// <summary>
/// A server that speaks the protocol of OpenAI's chat completions, and the model to ask there. Nothing is sent to
/// one that nobody configured. Immutable; does not show its key.
/// </summary>
public sealed class LlmEndpoint
{
    /// <summary>The variable with the address, such as https://api.openai.com/v1.</summary>
    public const string AddressVariable = "T2M_LLM_ENDPOINT";

    /// <summary>The variable with the name of the model.</summary>
    public const string ModelVariable = "T2M_LLM_MODEL";

    /// <summary>The variable with the key; servers on one's own machine often need none.</summary>
    public const string KeyVariable = "T2M_LLM_KEY";

    private readonly string? _key;

    /// <param name="address">Its base address, over https; http too where no key is sent or it is this machine.</param>
    /// <param name="model">The model's name there.</param>
    /// <param name="key">The key; null or empty for none.</param>
    /// <exception cref="ModelInputException">The address cannot be used, or would give the key away.</exception>
    public LlmEndpoint(string address, string model, string? key = null)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            throw new ModelInputException(
                $"{AddressVariable} is no address: give one such as https://api.openai.com/v1.");
        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0)
            throw new ModelInputException(
                $"{AddressVariable} holds a user, a password or a query: leave them out, and give a key in "
                + $"{KeyVariable}.");
        if (string.IsNullOrWhiteSpace(model))
            throw new ModelInputException(
                $"{AddressVariable} is set: say in {ModelVariable} which model to ask there.");
        if (!string.IsNullOrEmpty(key) && uri.Scheme == "http" && !uri.IsLoopback)
            throw new ModelInputException(
                $"{KeyVariable} would travel readable for all on the way: use https, or no key. Over http a key goes "
                + "to this machine only.");
        (Address, Model, _key) = (uri, model.Trim(), string.IsNullOrEmpty(key) ? null : key);
    }

    /// <summary>The base address.</summary>
    public Uri Address { get; }

    /// <summary>The model's name.</summary>
    public string Model { get; }

    /// <summary>Whether what is sent stays on this machine.</summary>
    public bool IsLocal => Address.IsLoopback;

    /// <summary>The endpoint that the environment names; null where <see cref="AddressVariable"/> is not set.</summary>
    /// <param name="variable">Looks a variable up. Default: the environment of the process.</param>
    /// <exception cref="ModelInputException">The variables do not fit together.</exception>
    public static LlmEndpoint? FromEnvironment(Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        return variable(AddressVariable) is { Length: > 0 } address
            ? new LlmEndpoint(address, variable(ModelVariable) ?? "", variable(KeyVariable))
            : null;
    }

    /// <summary>A client of the official package for this endpoint; the caller disposes it.</summary>
    /// <param name="options">Patience and retries. Default: those of <see cref="EndpointOptions"/>.</param>
    public IChatClient CreateClient(EndpointOptions? options = null) =>
        new EndpointClient(this, _key, options ?? new EndpointOptions());

    /// <summary>Makes the requirement of an input with a client that lives no longer.</summary>
    /// <param name="profiler">Finds out what can be found out without the model.</param>
    /// <param name="input">What the user has.</param>
    /// <param name="options">What is sent. Default: that of <see cref="LlmOptions"/>.</param>
    /// <param name="progress">Takes lines that say what is being done.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ModelInputException">The input cannot be read; the message says why.</exception>
    public async Task<TaskRequirement> GenerateAsync(
        IRequirementGenerator profiler, TaskInput input, LlmOptions? options = null,
        IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        using IChatClient client = CreateClient();
        return await new LlmRequirementGenerator(client, profiler, options).GenerateAsync(input, progress, cancel);
    }

    /// <summary>The model and the server, without the key.</summary>
    public override string ToString() => $"{Model} at {Address.GetLeftPart(UriPartial.Authority)}";
}
