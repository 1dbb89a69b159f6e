namespace ML.TextToModel.MLNet;

/// <summary>The columns that a fitted step adds, and those that it needs in between and drops.</summary>
internal static class Columns
{
    /// <summary>The predicted class.</summary>
    public const string PredictedLabel = "PredictedLabel";

    /// <summary>A probability for each class; of binary classifiers, the logit of the positive one.</summary>
    public const string Score = "Score";

    /// <summary>A probability for each class; of binary classifiers, that of the positive one.</summary>
    public const string Probability = "Probability";

    /// <summary>The input under a name that does not depend on the user's.</summary>
    public const string Input = "TextToModel.Input";

    /// <summary>A constant to look the model up by.</summary>
    public const string Constant = "TextToModel.Constant";

    /// <summary>The model as a text.</summary>
    public const string Model = "TextToModel.Model";

    /// <summary>0, 1, 2 and so on, one for each class, under the names of the classes.</summary>
    public const string Places = "TextToModel.Places";

    /// <summary>The probabilities as one text, <see cref="ScoreText.Width"/> characters for each class.</summary>
    public const string Scores = "TextToModel.Scores";

    /// <summary>The place of the predicted class, or -1.</summary>
    public const string Predicted = "TextToModel.Predicted";
}
