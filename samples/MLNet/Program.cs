using Microsoft.ML;
using MLNetSample;

// dotnet run -c Release --project samples/MLNet -- table|text|image [files]
//
// table: fits a pipeline with one TextToModel step to the chemical elements, prints its accuracy on rows kept back,
//        saves it, loads it and prints that both say the same.
// text:  makes a classifier of three topics from their names alone, and prints what it makes of six sentences.
// image: makes a classifier of images from a sentence alone, and prints what it sees in the files that are named.
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
    default:
        Console.Error.WriteLine("Say what to classify: table, text, or image and files of PNG or JPEG images.");
        return 2;
}
