using Microsoft.ML;
using MLNetSample;

// dotnet run -c Release --project samples/MLNet -- table|text|image [files]|automl TABLE LABEL [SECONDS]
//
// table: fits a pipeline with one TextToModel step to the chemical elements, prints its accuracy on rows kept back,
//        saves it, loads it and prints that both say the same.
// text:  makes a classifier of three topics from their names alone, and prints what it makes of six sentences.
// image: makes a classifier of images from a sentence alone, and prints what it sees in the files that are named.
// automl: prints accuracy, log loss and seconds of classifiers that are generated from a table of numbers, and of the
//        best that AutoML finds in as many seconds (default 30), on the same rows kept back.
MLContext context = new(seed: 1);
switch (args.FirstOrDefault())
{
    case "table":
        Tables.Run(context);
        return 0;
    case "text":
        Texts.Run(context);
        return 0;
    case "image":
        Images.Run(context, args[1..]);
        return 0;
    case "automl" when args.Length is 3 or 4 && uint.TryParse(args.ElementAtOrDefault(3) ?? "30", out uint seconds):
        Comparison.Run(context, args[1], args[2], seconds);
        return 0;
    default:
        Console.Error.WriteLine(
            "Say what to classify: table, text, image and PNG or JPEG files, or automl, a table and its label.");
        return 2;
}
