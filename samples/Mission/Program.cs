using Microsoft.ML;
using Mission;
using ML.TextToModel.MLNet;
using ML.TextToModel.Requirements;
using ML.TextToModel.SemanticKernel;

// t2m data get iris
// dotnet run -c Release --project samples/Mission
//
// A chat service of Semantic Kernel makes a requirement, a TextToModel step makes a classifier of it, which ML.NET
// saves, and a fresh process loads and uses: for a table and for images, from a description, labelled rows, both, and a
// description with rows that have no labels. Prints for each the requirement and its classes, the classifier, how many
// of the rows kept back it names rightly, and whether the fresh process gives the same scores to the bit. The chat
// service is a scripted model on this machine; T2M_LLM_ENDPOINT and T2M_LLM_MODEL name another one.
if (args is ["predict", var name, var saved])
{
    MLContext fresh = new();
    Console.WriteLine(Scores.Of(fresh, fresh.Model.Load(saved, out _), IMission.All.Single(one => one.Name == name)));
    return 0;
}
using ChatService service = new();
Console.WriteLine($"The chat service is {service.Name}.");
IRequirementGenerator requirements = service.Kernel.GetTextToModelRequirementGenerator();
string folder = Directory.CreateTempSubdirectory("mission-").FullName;
bool same = true;
foreach (IMission mission in IMission.All)
{
    foreach ((string what, bool described, Given given) in new[]
    {
        ("(a) description only", true, Given.Nothing), ("(b) labelled data only", false, Given.Labelled),
        ("(c) both", true, Given.Labelled), ("(d) description and data without labels", true, Given.Unlabelled),
    })
    {
        MLContext context = new(seed: 1);
        IDataView rows = mission.Rows(context, given);
        ITransformer model =
            mission.Step(context, described ? mission.Description : null, requirements).Fit(rows);
        Scores before = Scores.Of(context, model, mission);
        string path = Path.Combine(folder, $"{mission.Name}-{what[1]}.zip");
        context.Model.Save(model, rows.Schema, path);
        Scores after = Scores.InFreshProcess(path, mission);
        same &= before == after;
        TextToModelTransformer step = model as TextToModelTransformer
            ?? ((IEnumerable<ITransformer>)model).OfType<TextToModelTransformer>().Single();
        Console.WriteLine($"{mission.Name} {what}");
        Console.WriteLine($"  requirement  {step.Model.Card.Requirement!.Value.GetProperty("sentence").GetString()}");
        Console.WriteLine($"  classes      {string.Join(", ", step.Model.Classes)}");
        Console.WriteLine($"  classifier   {step.Model.Card.Generator}: {step.Model.Spec}");
        Console.WriteLine($"  before       {before.Accuracy:P0} right, scores {before.Digest[..16]}");
        Console.WriteLine($"  after        {after.Accuracy:P0} right, scores {after.Digest[..16]}");
    }
}
Directory.Delete(folder, recursive: true);
Console.WriteLine(same ? "All scores are the same to the bit." : "Some scores differ.");
return same ? 0 : 1;
