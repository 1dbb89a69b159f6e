using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ML.TextToModel.Fuzz;

/// <summary>
/// A small file that says which input is being read. It is removed at the end of a run; where it is left, the run ended
/// in a way that no program survives (a stack overflow, an access violation), and the file says on what.
/// </summary>
internal sealed class Breadcrumb : IDisposable
{
    private const int LineLength = 160;

    private readonly string _path;
    private readonly SafeFileHandle _file;

    public Breadcrumb(string path)
    {
        _path = path;
        _file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
    }

    /// <summary>The options that repeat the input on which the last run ended; null where it came to its end.</summary>
    public static string? Find(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;

    /// <summary>The options that repeat an input.</summary>
    public static string Options(string target, ulong seed, long iteration) =>
        $"--reader {target} --seed {seed} --start {iteration} --iterations 1";

    public void Leave(string target, ulong seed, long iteration)
    {
        string line = Options(target, seed, iteration).PadRight(LineLength);   // covers a longer one before it
        RandomAccess.Write(_file, Encoding.UTF8.GetBytes(line), fileOffset: 0);
    }

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_path);
    }
}
