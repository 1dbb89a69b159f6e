using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace ML.TextToModel.Onnx.Tests;

/// <summary>A real ONNX runtime, from npm: <c>npm ci --ignore-scripts</c> in tests/Onnx installs it.</summary>
internal static class OnnxRuntime
{
    private static readonly string s_folder = FindFolder();

    /// <summary>Runs a model on columns of floats and texts; skips the test where there is no runtime.</summary>
    public static (string[] Labels, float[][] Probabilities) Run(
        byte[] model, int rows, IReadOnlyDictionary<string, object[]> columns)
    {
        JsonElement outputs = Run(model, JsonSerializer.Serialize(new { rows, inputs = columns }));
        return (Labels(outputs), Rows(outputs, "Probability"));
    }

    /// <summary>Runs a model on images, each of planes, or on vectors; skips the test where there is no runtime.
    /// </summary>
    public static JsonElement Run(byte[] model, string input, int[] sizes, float[][] images) =>
        Run(model, JsonSerializer.Serialize(new
        {
            rows = images.Length,
            inputs = new Dictionary<string, float?[]>
            {
                [input] = [.. images.SelectMany(image => image).Select(v => float.IsNaN(v) ? (float?)null : v)],
            },
            sizes = new Dictionary<string, int[]> { [input] = sizes },
        }));

    /// <summary>The labels among the outputs.</summary>
    public static string[] Labels(JsonElement outputs) =>
        [.. outputs.GetProperty("PredictedLabel").EnumerateArray().Select(label => label.GetString()!)];

    /// <summary>An output of floats, row by row.</summary>
    public static float[][] Rows(JsonElement outputs, string name) =>
        [
            .. outputs.GetProperty(name).EnumerateArray()
                .Select(row => row.EnumerateArray().Select(p => p.GetSingle()).ToArray()),
        ];

    private static JsonElement Run(byte[] model, string inputs)
    {
        if (!Directory.Exists(Path.Combine(s_folder, "node_modules", "onnxruntime-node")))
            Assert.Skip("onnxruntime-node is absent; run npm ci --ignore-scripts in tests/Onnx.");
        string modelFile = Path.GetTempFileName(), inputFile = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(modelFile, model);
            File.WriteAllText(inputFile, inputs);
            string output = Start("node", Path.Combine(s_folder, "run.mjs"), modelFile, inputFile);
            return JsonDocument.Parse(output).RootElement;
        }
        finally
        {
            File.Delete(modelFile);
            File.Delete(inputFile);
        }
    }

    /// <summary>Lets the ONNX package for Python check a model; skips the test where there is none.</summary>
    public static void Check(byte[] model)
    {
        const string python = "/usr/bin/python3";
        if (!File.Exists(python) || Try(python, "-c", "import onnx").ExitCode != 0)
            Assert.Skip("python3-onnx is absent.");
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, model);
            const string script = "import onnx, sys; onnx.checker.check_model(onnx.load(sys.argv[1]), full_check=True)";
            Start(python, "-c", script, file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Start(string program, params string[] arguments)
    {
        (int exitCode, string output, string error) = Try(program, arguments);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private static (int ExitCode, string Output, string Error) Try(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (Win32Exception e)
        {
            return (-1, "", e.Message);
        }
    }

    private static string FindFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ML.TextToModel.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? "", "tests", "Onnx");
    }
}
