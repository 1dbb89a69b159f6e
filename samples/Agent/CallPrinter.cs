using Microsoft.SemanticKernel;

namespace Agent;

/// <summary>Prints each call of the plugin's functions.</summary>
internal sealed class CallPrinter : IFunctionInvocationFilter
{
    private const int Shown = 300;

    public async Task OnFunctionInvocationAsync(
        FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        bool call = context.Arguments.Count > 0;   // the prompt is a function too, without arguments
        if (call)
        {
            string arguments = string.Join(", ", context.Arguments.Select(one => $"{one.Key}: {one.Value}"));
            Console.WriteLine($"{context.Function.Name}({arguments})");
        }
        await next(context);
        if (!call) return;
        string result = $"{context.Result}".ReplaceLineEndings("").Replace("  ", "");
        Console.WriteLine($"  {(result.Length > Shown ? $"{result[..Shown]}…" : result)}");
    }
}
