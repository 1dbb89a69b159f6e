using Agent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using ML.TextToModel.Llm;
using ML.TextToModel.Loopback;
using ML.TextToModel.SemanticKernel;

// dotnet run -c Release --project samples/Agent
//
// An agent of Semantic Kernel makes a classifier and uses it. It has a folder with a table of the chemical elements,
// and the plugin TextToModel for it. Prints each call that the model makes, the beginning of what the call gives, and
// the last words of the model. It is a scripted one on this machine, which calls describe_task, generate_classifier and
// predict in turn; T2M_LLM_ENDPOINT, T2M_LLM_MODEL and T2M_LLM_KEY name another one, which decides for itself.
string folder = Directory.CreateTempSubdirectory("agent-").FullName;
File.Copy(Path.Combine(AppContext.BaseDirectory, "elements.csv"), Path.Combine(folder, "elements.csv"));
IKernelBuilder builder = Kernel.CreateBuilder().AddTextToModel(folder);
builder.Services.AddSingleton<IFunctionInvocationFilter, CallPrinter>();
using ChatServer script = new(ScriptedAgent.Answer);
LlmEndpoint? endpoint = LlmEndpoint.FromEnvironment();
Kernel kernel = (endpoint is null
    ? builder.AddOpenAIChatCompletion("scripted", new Uri(script.Address), "no-key")
    : builder.AddOpenAIChatCompletion(
        endpoint.Model, endpoint.Address, Environment.GetEnvironmentVariable(LlmEndpoint.KeyVariable))).Build();
FunctionResult last = await kernel.InvokePromptAsync(
    "The file elements.csv holds chemical elements; the column family says which family each is of. Find out what the "
    + "task is, make a classifier elements.t2m for it, classify the rows of the file by it, and say what you did.",
    new(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }));
Console.WriteLine(last);
Directory.Delete(folder, recursive: true);
