using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ML.TextToModel.Tests;

namespace ML.TextToModel.PModels.Tests;

/// <summary>tests/Golden/read_t2m.py, a second reader after docs/format-t2m.md, predicts the same.</summary>
public sealed class NumpyReaderTests
{
    public static TheoryData<string> Names =>
        new([
            .. SmallModels.Specs.Keys, "cnn of Tina", "mlp of a table", "mlp of dates", "head on a backbone",
            "head on a half", "mlp of texts",
        ]);

    [Theory, MemberData(nameof(Names))]
    public void NumPy_predicts_the_same_from_the_file_alone(string name)
    {
        if (!Python.Has("numpy")) Assert.Skip("No python3 with NumPy was found (Debian: python3-numpy).");
        FittedClassifier classifier = name switch
        {
            "cnn of Tina" => SmallModels.Classifier(new CnnSpec { Classes = 10 }),
            "mlp of a table" => SmallModels.TableClassifier(),
            "mlp of dates" => SmallModels.LaterTableClassifier(),
            "mlp of texts" => SmallModels.TextClassifier(),
            "head on a backbone" => SmallModels.BackboneClassifier(),
            "head on a half" => SmallModels.BackboneClassifier().InHalfPrecision(),
            _ => SmallModels.Classifier(SmallModels.Specs[name]),
        };
        float[][] rows = name == "mlp of dates" ? SmallModels.LaterRows(29) : SmallModels.Rows(classifier, 29);
        using TemporaryFile file = T2mFiles.Temporary();
        classifier.Save(file.Path);
        File.WriteAllBytes(file.Beside("rows.npy"), Npy(rows));

        string script = Path.Combine(AppContext.BaseDirectory, "Golden", "read_t2m.py");
        byte[] output = Python.Run(script, file.Path, file.Beside("rows.npy"));
        JsonElement json = JsonDocument.Parse(output).RootElement;
        Assert.Equal(classifier.Classes, json.GetProperty("classes").EnumerateArray().Select(c => c.GetString()!));
        JsonElement[] predicted = [.. json.GetProperty("probabilities").EnumerateArray()];
        Assert.Equal(rows.Length, predicted.Length);
        for (int i = 0; i < rows.Length; i++)
            Closeness.AssertClose(
                [.. predicted[i].EnumerateArray().Select(p => p.GetSingle())],
                SmallModels.Predict(classifier, rows[i]), 1e-5, $"{name}, row {i}");
    }

    /// <summary>A NumPy file of version 1: magic, length of the header, header, data.</summary>
    private static byte[] Npy(float[][] rows)
    {
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows.Length}, {rows[0].Length}), }}";
        header = header.PadRight((10 + header.Length + 64) / 64 * 64 - 11) + "\n";
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        return
        [
            0x93, .. "NUMPY"u8, 1, 0, .. length, .. Encoding.ASCII.GetBytes(header),
            .. MemoryMarshal.AsBytes(rows.SelectMany(row => row).ToArray().AsSpan()),
        ];
    }
}
