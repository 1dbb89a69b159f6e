using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mission;

/// <summary>What a model says of the rows that were kept back.</summary>
/// <param name="Accuracy">The share of them that it names rightly.</param>
/// <param name="Digest">A digest of all scores, to the bit.</param>
internal sealed record Scores(double Accuracy, string Digest)
{
    /// <summary>Of a model in this process.</summary>
    public static Scores Of(MLContext context, ITransformer model, IMission mission)
    {
        IDataView scored = model.Transform(mission.Kept(context));
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        (int rows, int right) = (0, 0);
        using DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema);
        var score = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        var predicted = cursor.GetGetter<uint>(scored.Schema["PredictedLabel"]);
        var label = cursor.GetGetter<ReadOnlyMemory<char>>(scored.Schema["Label"]);
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["PredictedLabel"].Annotations.GetValue("KeyValues", ref names);
        string[] classes = [.. names.DenseValues().Select(name => name.ToString())];
        VBuffer<float> values = default;
        uint key = 0;
        ReadOnlyMemory<char> truth = default;
        while (cursor.MoveNext())
        {
            score(ref values);
            predicted(ref key);
            label(ref truth);
            hash.AppendData(MemoryMarshal.AsBytes<float>(values.DenseValues().ToArray()));
            rows++;
            if (key > 0 && classes[key - 1] == truth.ToString()) right++;
        }
        return new(right / (double)rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Of a saved model in a fresh process.</summary>
    public static Scores InFreshProcess(string path, IMission mission)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            ArgumentList = { typeof(Scores).Assembly.Location, "predict", mission.Name, path },
            RedirectStandardOutput = true, UseShellExecute = false,
        };
        using Process process = Process.Start(start)!;
        string[] said = process.StandardOutput.ReadToEnd().Split();
        process.WaitForExit();
        return process.ExitCode == 0
            ? new(double.Parse(said[0], CultureInfo.InvariantCulture), said[1])
            : throw new InvalidOperationException($"The fresh process ended with {process.ExitCode}.");
    }

    /// <summary>What the fresh process prints.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Accuracy:R} {Digest}");
}
