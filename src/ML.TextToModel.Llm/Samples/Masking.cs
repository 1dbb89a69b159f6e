using System.Globalization;
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
        List<string> groups = Groups(number);
        if (HasCard(groups)) return Card;
        return IsPhone(number, groups) ? Phone : number.ToString();
    }

    private static bool IsPhone(ReadOnlySpan<char> number, List<string> groups)
    {
        int digits = groups.Sum(group => group.Length);
        if (digits < FewestDigits || DatePattern().IsMatch(number)) return false;
        if (groups.Any(group => group.Length >= LongRun) || number[0] is '+' or '(') return true;
        return groups.Count switch
        {
            1 => false,
            2 => groups[0].Length == 3 && groups[1].Length == 4 || groups[0][0] == '0' && !number.Contains('.'),
            _ => true,
        };
    }

    /// <summary>Whether groups in a row make a number of 13 to 19 digits with the check digit of cards.</summary>
    private static bool HasCard(List<string> groups)
    {
        for (int first = 0; first < groups.Count; first++)
        {
            string number = "";
            for (int last = first; last < groups.Count && number.Length <= MostCardDigits; last++)
            {
                number += groups[last];
                if (number.Length is >= FewestCardDigits and <= MostCardDigits && HasLuhnDigit(number)) return true;
            }
        }
        return false;
    }

    /// <summary>The check of ISO/IEC 7812: every second digit from the right doubled, the sum of all digits ends in 0.
    /// </summary>
    private static bool HasLuhnDigit(string number)
    {
        int sum = 0;
        for (int i = 0; i < number.Length; i++)
        {
            int digit = number[number.Length - 1 - i] - '0', doubled = 2 * digit;
            sum += i % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    /// <summary>The runs of digits, of any script, in ASCII.</summary>
    private static List<string> Groups(ReadOnlySpan<char> number)
    {
        List<string> groups = [];
        bool inGroup = false;
        foreach (char c in number)
        {
            bool isDigit = char.IsDigit(c);
            if (isDigit && !inGroup) groups.Add("");
            if (isDigit) groups[^1] += (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c));
            inGroup = isDigit;
        }
        return groups;
    }

    [GeneratedRegex(@"[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(\.[\p{L}\p{N}-]{1,63}){1,8}",
        RegexOptions.ExplicitCapture)]
    private static partial Regex EmailPattern();

    /// <summary>Digits, with at most two marks or spaces between one and the next; not within a word or number.</summary>
    [GeneratedRegex(@"(?<!\w|\d[.,])[+(]{0,2}\d([\s.()/\p{Pd}]{0,2}\d){6,}(?!\w)", RegexOptions.ExplicitCapture)]
    private static partial Regex NumberPattern();

    /// <summary>A decimal number.</summary>
    [GeneratedRegex(@"^\d+\.\d+$")]
    private static partial Regex DecimalPattern();

    /// <summary>A date by numbers, year first or last, and perhaps the hour.</summary>
    [GeneratedRegex(@"^(\d{4}([-/.])\d\d?\2\d\d?|\d\d?([-/.])\d\d?\3(\d{4}))(\s+\d\d?)?$")]
    private static partial Regex DatePattern();
}
