using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace ML.TextToModel.Cli.Commands;

/// <summary>Options that take a number; what is none is refused in words.</summary>
internal static class Numbers
{
    /// <param name="name">The option.</param>
    /// <param name="placeholder">What stands for the number in the help.</param>
    /// <param name="description">What it does.</param>
    /// <param name="least">The least number, or the one above which all are allowed.</param>
    /// <param name="above">Whether <paramref name="least"/> itself is refused.</param>
    public static Option<T?> Option<T>(string name, string placeholder, string description, T least, bool above = false)
        where T : struct, INumber<T> => new(name)
    {
        Description = description,
        HelpName = placeholder,
        CustomParser = result => Parse(result, name, least, above),
    };

    private static T? Parse<T>(ArgumentResult result, string name, T least, bool above) where T : struct, INumber<T>
    {
        if (result.Tokens.Count == 0) return null;
        string text = result.Tokens[^1].Value;
        bool isNumber = T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T number);
        if (isNumber && T.IsFinite(number) && (above ? number > least : number >= least)) return number;
        // Half of one is a whole number only where there are no others.
        string kind = T.IsInteger(T.One / (T.One + T.One)) ? "a whole number" : "a number";
        result.AddError($"{name} takes {kind} {(above ? "above" : "from")} {least}, not '{text}'.");
        return null;
    }
}
