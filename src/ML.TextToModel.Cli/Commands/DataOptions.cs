using System.CommandLine;
using ML.TextToModel.Cli.Inputs;
using ML.TextToModel.Datasets;

namespace ML.TextToModel.Cli.Commands;

/// <summary>The options that say how to read data, the same in every verb that reads some.</summary>
internal sealed class DataOptions
{
    private readonly Option<bool> _noHeader = new("--no-header")
    {
        Description = "The table's first row is data. Default: found out from the file.",
    };

    private readonly Option<string?> _columns = new("--columns")
    {
        Description = "Names for the table's columns, in order, in place of the file's own.", HelpName = "a,b,…",
    };

    private readonly Option<string[]> _ignore = new("--ignore")
    {
        Description = "Leave a column out, given by name or number from 1. May be repeated.", HelpName = "COL",
    };

    private readonly Option<string?> _split = new("--split")
    {
        Description = "The part of a data set that has several: train or test [default: test].",
        HelpName = "train|test",
    };

    private readonly Option<string?> _classesFile = new("--classes-file")
    {
        Description = "The class names of a file of image records, one a line. Default: fine_label_names.txt " +
            "(CIFAR-100's records) or class_names.txt (records that begin with a 16-bit class number) beside it.",
        HelpName = "F",
    };

    private readonly Option<string?> _fit = new("--fit")
    {
        Description = "Of images of another shape than the model's: crop keeps their middle, stretch all of them " +
            "[default: crop].",
        HelpName = "crop|stretch",
    };

    private readonly Option<string?> _label = new("--label")
    {
        Description =
            "The column with the classes, by name or number from 1. Default: the one that the model does not take.",
        HelpName = "COL",
    };

    private readonly bool _labelled;

    /// <param name="command">The verb that gets the options.</param>
    /// <param name="labelled">Whether it needs labels.</param>
    /// <param name="records">Whether it may read image records, whose class names stand in a file.</param>
    public DataOptions(Command command, bool labelled, bool records = true)
    {
        _labelled = labelled;
        if (labelled) command.Add(_label);
        command.Add(_noHeader);
        command.Add(_columns);
        command.Add(_ignore);
        command.Add(_split);
        command.Add(_fit);
        if (labelled && records) command.Add(_classesFile);
    }

    /// <exception cref="ModelInputException">A value is none of those allowed.</exception>
    public DataChoices Read(ParseResult arguments) => new(
        new TableOptions
        {
            HasHeader = arguments.GetValue(_noHeader) ? false : null,
            Columns = arguments.GetValue(_columns)?.Split(',', StringSplitOptions.TrimEntries),
            Ignore = arguments.GetValue(_ignore) ?? [],
            Label = _labelled ? arguments.GetValue(_label) : null,
        },
        arguments.GetValue(_split)?.ToLowerInvariant() switch
        {
            null => null,
            "train" => ImageSplit.Train,
            "test" => ImageSplit.Test,
            _ => throw new ModelInputException($"--split is train or test, not '{arguments.GetValue(_split)}'."),
        },
        _labelled ? arguments.GetValue(_classesFile) : null,
        arguments.GetValue(_fit)?.ToLowerInvariant() switch
        {
            null or "crop" => ImageFit.Crop,
            "stretch" => ImageFit.Stretch,
            _ => throw new ModelInputException($"--fit is crop or stretch, not '{arguments.GetValue(_fit)}'."),
        });
}
