using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ML.TextToModel.Llm;

/// <summary>
/// Takes e-mail addresses, phone numbers and card numbers out of text. Rather too much than too little: ten digits in a
/// row go, whatever they are. Decimal numbers, dates and shorter numbers stay.
/// </summary>
public static partial class Masking
{
    /// <summary>What stands where something was.</summary>
    public const string Email = "[e-mail]", Phone = "[phone]", Card = "[card]";

    private const int FewestDigits = 7, LongRun = 10, FewestCardDigits = 13, MostCardDigits = 19;

    /// <summary>The text with these taken out.</summary>
    public static string Mask(string text) =>
        NumberPattern().Replace(EmailPattern().Replace(text, Email), number => Mask(number.ValueSpan));

    private static string Mask(ReadOnlySpan<char> number)
    {
        if (DecimalPattern().IsMatch(number)) return number.ToString();
        (string digits, List<int> starts) = Groups(number);
        if (HasCard(digits, starts)) return Card;
        return IsPhone(number, digits, starts) ? Phone : number.ToString();
    }

    private static bool IsPhone(ReadOnlySpan<char> number, string digits, List<int> starts)
    {
        if (digits.Length < FewestDigits || DatePattern().IsMatch(number)) return false;
        int longest = starts.Zip(starts.Skip(1).Append(digits.Length), (start, end) => end - start).Max();
        if (longest >= LongRun || number[0] is '+' or '(') return true;
        return starts.Count switch
        {
            1 => false,
            2 => (starts[1], digits.Length) == (3, 7) || digits[0] == '0',
            _ => true,
        };
    }

    /// <summary>Whether groups in a row make a number of 13 to 19 digits with the check digit of cards.</summary>
    private static bool HasCard(string digits, List<int> starts)
    {
        HashSet<int> ends = [.. starts, digits.Length];
        foreach (int start in starts)
            for (int length = FewestCardDigits; length <= MostCardDigits; length++)
                if (ends.Contains(start + length) && HasLuhnDigit(digits.AsSpan(start, length))) return true;
        return false;
    }

    /// <summary>The check of ISO/IEC 7812: every second digit from the right doubled, the sum of all digits ends in 0.
    /// </summary>
    private static bool HasLuhnDigit(ReadOnlySpan<char> digits)
    {
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int digit = digits[^(i + 1)] - '0', doubled = 2 * digit;
            sum += i % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    /// <summary>All digits, of any script, in ASCII, and where among them each run of digits begins.</summary>
    private static (string Digits, List<int> Starts) Groups(ReadOnlySpan<char> number)
    {
        StringBuilder digits = new();
        List<int> starts = [];
        bool inGroup = false;
        foreach (char c in number)
        {
            bool isDigit = char.IsDigit(c);
            if (isDigit && !inGroup) starts.Add(digits.Length);
            if (isDigit) digits.Append((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)));
            inGroup = isDigit;
        }
        return (digits.ToString(), starts);
    }

    [GeneratedRegex(@"[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(\.[\p{L}\p{N}-]{1,63}){1,8}",
        RegexOptions.ExplicitCapture)]
    private static partial Regex EmailPattern();

    /// <summary>Digits, with at most two marks or spaces between one and the next; not within a word or number.
    /// </summary>
    [GeneratedRegex(@"(?<!\w|\d\.)[+(]{0,2}\d([\s.()/\p{Pd}]{0,2}\d){6,}(?!\w)", RegexOptions.ExplicitCapture)]
    private static partial Regex NumberPattern();

    /// <summary>A decimal number, unless ten digits stand before the point.</summary>
    [GeneratedRegex(@"^\d{1,9}\.\d+$")]
    private static partial Regex DecimalPattern();

    /// <summary>A date by numbers, year first or last, and perhaps the hour.</summary>
    [GeneratedRegex(@"^(\d{4}([-/.])\d\d?\2\d\d?|\d\d?([-/.])\d\d?\3(\d{4}))(\s+\d\d?)?$")]
    private static partial Regex DatePattern();
}
