namespace ML.TextToModel.Architecture.Tests;

public sealed class SolutionTests
{
    [Fact]
    public void The_solution_holds_every_project()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "ML.TextToModel.sln"));
        Assert.NotEmpty(Repository.Projects);
        Assert.All(Repository.Projects, project => Assert.Contains($"\"{project.Replace('/', '\\')}\"", solution));
    }
}
