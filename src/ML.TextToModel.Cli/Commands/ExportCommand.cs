using System.CommandLine;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Onnx;
using ML.TextToModel.PModels;
using Spectre.Console;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m export</c>: writes a classifier in a format that other programs run.</summary>
internal sealed class ExportCommand : Verb<ExportDocument>
{
    private const string About = "Writes a classifier as an ONNX model, preprocessing included.";

    private const string Details =
        """
        A model of a table has one input per column, under its name: floats (NaN = missing) or
        texts (empty = missing). One of images has the input image, N×3×H×W: red, green and
        blue from 0 to 255. The outputs are PredictedLabel and Probability.

        Example:
          t2m export iris.t2m --onnx iris.onnx
        """;

    private readonly Argument<string> _model = ModelFile.Argument();

    private readonly Option<string> _onnx = new("--onnx")
    {
        Description = "The ONNX file to write.", HelpName = "F", Required = true,
    };

    public ExportCommand(Session session) : base("export", About, Details, session, ToolJson.Relaxed.ExportDocument)
    {
        Add(_model);
        Add(_onnx);
    }

    protected override ExportDocument Run(ParseResult arguments)
    {
        string path = arguments.GetValue(_model)!, onnx = arguments.GetValue(_onnx)!;
        OutputFile.Check(onnx, path);
        FittedClassifier model = ModelFile.Load(path);
        OnnxExport.Write(onnx, model);
        return new(path, onnx, OutputFile.Sha256(onnx), new FileInfo(onnx).Length, model.Classes);
    }

    protected override void Print(ExportDocument document, IAnsiConsole console)
    {
        if (Session.Quiet) return;
        console.WritePairs(("written", $"{document.Onnx} ({document.Bytes:N0} bytes), sha256 {document.Sha256}"));
    }
}
