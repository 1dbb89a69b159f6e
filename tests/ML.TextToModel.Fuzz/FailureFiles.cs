namespace ML.TextToModel.Fuzz;

/// <summary>Keeps inputs that failed.</summary>
internal static class FailureFiles
{
    private const int BytesPerLine = 16;

    /// <summary>Writes the input, and a page that tells what happened and shows it; returns the page's path.</summary>
    public static string Save(string folder, FuzzFailure failure)
    {
        string path = Path.Combine(folder, $"{failure.Target}-{failure.Seed}-{failure.Iteration}");
        File.WriteAllBytes($"{path}.bin", failure.Input);
        File.WriteAllLines($"{path}.txt",
        [
            $"{failure.Target} {failure.Reason}",
            $"Repeat: {Breadcrumb.Options(failure.Target, failure.Seed, failure.Iteration)}",
            .. failure.Input.Chunk(BytesPerLine).Select(HexLine),
        ]);
        return $"{path}.txt";
    }

    private static string HexLine(byte[] bytes, int line)
    {
        string hex = string.Join(' ', bytes.Select(b => $"{b:x2}"));
        string text = string.Concat(bytes.Select(b => b is >= 0x20 and < 0x7F ? (char)b : '.'));
        return $"{line * BytesPerLine:x8}  {hex,-(3 * BytesPerLine)} {text}";
    }
}
