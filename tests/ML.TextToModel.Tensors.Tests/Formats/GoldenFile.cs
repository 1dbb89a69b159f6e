namespace ML.TextToModel.Tensors.Tests.Formats;

/// <summary>The files that <c>make.py</c> wrote.</summary>
internal static class GoldenFile
{
    public static string Path(string name) =>
        System.IO.Path.Combine(AppContext.BaseDirectory, "Formats", "Golden", name);
}
