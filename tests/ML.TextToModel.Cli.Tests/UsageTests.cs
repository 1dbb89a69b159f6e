using ML.TextToModel.Cli.Tests.Support;

namespace ML.TextToModel.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData(
        "error: t2m wants one of its verbs: train, zoo, data, audit, describe, generate, eval, predict, "
        + "export, show. See t2m --help.")]
    [InlineData("error: t2m has no verb 'evla'. Did you mean 'eval'? See t2m --help.", "evla", "model.t2m", "cifar100")]
    [InlineData("error: t2m has no verb 'frobnicate'. See t2m --help.", "frobnicate")]
    [InlineData(
        "error: t2m train wants one of its verbs: generic, tabular, hypernetwork, tina, encoder. "
        + "See t2m train --help.", "train")]
    [InlineData("error: t2m train has no verb 'genric'. Did you mean 'generic'? See t2m train --help.",
        "train", "genric")]
    [InlineData(
        "error: t2m train generic has no option --epoch. Did you mean '--epochs'? See t2m train generic --help.",
        "train", "generic", "--epoch", "3")]
    [InlineData("error: t2m eval has no option --jsno. Did you mean '--json'? See t2m eval --help.",
        "eval", "m", "d", "--jsno")]
    [InlineData("error: 'c' is one argument too many. See t2m show --help.", "show", "a", "c")]
    [InlineData("error: --epochs takes a whole number from 1, not 'many'. See t2m train generic --help.",
        "train", "generic", "--epochs", "many")]
    [InlineData("error: --epochs takes a whole number from 1, not '0'. See t2m train generic --help.",
        "train", "generic", "--epochs", "0")]
    [InlineData("error: --rate takes a number above 0, not 'NaN'. See t2m train generic --help.",
        "train", "generic", "--rate", "NaN")]
    [InlineData("error: --seed takes a whole number from 0, not '-1'. See t2m show --help.",
        "show", "m", "--seed", "-1")]
    [InlineData("error: Required argument missing for command: 'show'. See t2m show --help.", "show")]
    [InlineData("error: --split is train or test, not 'dev'.", "predict", "m", "d", "--split", "dev")]
    [InlineData("error: 'cifar10' is no known data set. Did you mean 'cifar100'? "
        + "There are cifar100, caltech101, miniimagenet, office31, drawn.",
        "train", "generic", "--dataset", "cifar10")]
    public void A_wrong_command_line_is_refused_with_the_nearest_right_one(string message, params string[] arguments) =>
        Assert.Equal(new Result(ExitCodes.InputWrong, "", message + "\n"), T2m.Run(arguments));

    [Fact]
    public void With_json_the_error_is_a_document_too()
    {
        Result result = T2m.Run("train", "generic", "--json", "--epochs", "none");
        Assert.Equal(ExitCodes.InputWrong, result.Code);
        Assert.Equal("--epochs takes a whole number from 1, not 'none'. See t2m train generic --help.",
            result.Json("error").GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("train", "generic")]
    [InlineData("eval")]
    [InlineData("predict")]
    [InlineData("show")]
    [InlineData("audit")]
    [InlineData("describe")]
    [InlineData("data", "list")]
    [InlineData("data", "get")]
    [InlineData("data", "verify")]
    public void Each_verb_explains_itself_by_examples(params string[] verb)
    {
        Result result = T2m.Run([.. verb, "--help"]);
        Assert.Equal((ExitCodes.Done, ""), (result.Code, result.Error));
        Assert.Contains($"Examples:\n  t2m {string.Join(' ', verb)} ", result.Out);
        foreach (string option in new[] { "--json", "--seed", "--quiet" }) Assert.Contains(option, result.Out);
    }

    [Fact]
    public void The_list_of_verbs_is_short()
    {
        Result result = T2m.Run("--help");
        Assert.Equal(ExitCodes.Done, result.Code);
        Assert.DoesNotContain("Examples:", result.Out);
        Assert.InRange(result.Out.Count(c => c == '\n'), 10, 30);
    }
}
