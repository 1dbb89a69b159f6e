using System.ClientModel;
using Microsoft.Extensions.AI;

namespace ML.TextToModel.Llm;

/// <summary>
/// Why a language model gave no reply, in words for the user. What the server says is left out: it may repeat the key
/// or the data.
/// </summary>
internal static class LlmFailure
{
    /// <summary>Whether the reply was longer than is read.</summary>
    public static bool IsTooLong(Exception? exception) => Causes(exception).Any(cause =>
        cause is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded });

    /// <summary>The HTTP status of the reply; 0 where there was none.</summary>
    public static int Status(Exception exception) =>
        Causes(exception).OfType<ClientResultException>().Select(cause => cause.Status).FirstOrDefault();

    /// <summary>What went wrong, as the end of the sentence "The language model …".</summary>
    public static string Describe(Exception exception) => Status(exception) switch
    {
        _ when IsTooLong(exception) => $"sent more than {EndpointOptions.MaxReplyBytes:N0} bytes",
        401 or 403 => $"refused the key (status {Status(exception)})",
        404 => "is not there (status 404): look at its address and name",
        429 => "takes no more requests for now (status 429)",
        > 0 => $"answered with status {Status(exception)}",
        _ when Causes(exception).Any(cause => cause is OperationCanceledException or TimeoutException) =>
            "did not answer in time",
        _ when Causes(exception).Any(cause => cause is HttpRequestException or IOException) =>
            "could not be reached, or the connection broke off",
        _ => $"sent what is no answer ({exception.GetBaseException().GetType().Name})",
    };

    /// <summary>Whether the model declined to answer, by the protocol's own means.</summary>
    public static bool IsRefusal(ChatResponse response) =>
        response.FinishReason == ChatFinishReason.ContentFilter
        || response.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().Any();

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        if (exception is null) return [];
        IEnumerable<Exception> inner = exception is AggregateException many
            ? many.InnerExceptions.Reverse()   // the last try first
            : exception.InnerException is { } one ? [one] : [];
        return inner.SelectMany(Causes).Prepend(exception);
    }
}
