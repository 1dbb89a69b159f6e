using ML.TextToModel.Requirements;

namespace ML.TextToModel.Llm.Tests;

/// <summary>Every tolerance of the reader, and every fault.</summary>
public sealed class ReplyReaderTests
{
    private const string Plain = """{"requirement": "Tell a from b.", "classes": ["a", "b"]}""";

    [Fact]
    public void It_reads_all_fields()
    {
        RequirementReply reply = ReplyReader.Read(
            """
            {"requirement": "Tell a from b.", "modality": "image", "classes": ["a", "b"],
             "descriptions": ["first", ""], "synonyms": ["alpha", ""], "columns": ["x"]}
            """);
        Assert.Equal(("Tell a from b.", Modality.Image), (reply.Sentence, reply.Modality));
        Assert.Equal(["a", "b"], reply.Classes);
        Assert.Equal(["first", ""], reply.Descriptions);
        Assert.Equal(["alpha", ""], reply.Synonyms);
        Assert.Equal(["x"], reply.Columns);
    }

    [Theory]
    [InlineData("```json\n" + Plain + "\n```")]
    [InlineData("```\n" + Plain + "```")]
    public void Code_fences_are_passed_over(string text) => AssertPlain(text);

    [Theory]
    [InlineData("Certainly! Here it is:\n" + Plain + "\nLet me know {if} you need more.")]
    [InlineData("<think>The user wants {something}. Maybe {\"classes\": [\"a\"]}?</think>" + Plain)]
    public void Prose_and_thoughts_around_are_passed_over(string text) => AssertPlain(text);

    [Theory]
    [InlineData("""{"type": "object", "properties": {"requirement": {"type": "string"}}, "required": []}""" + Plain)]
    [InlineData("""{"type": "object", "properties": """ + Plain + "}")]
    public void The_echo_of_the_schema_is_passed_over(string text) => AssertPlain(text);

    [Theory, InlineData("""{"data": """ + Plain + "}"), InlineData("[" + Plain + "]")]
    public void A_wrapper_or_a_list_is_opened(string text) => AssertPlain(text);

    [Fact]
    public void Trailing_commas_are_allowed() =>
        AssertPlain("""{"requirement": "Tell a from b.", "classes": ["a", "b",],}""");

    [Fact]
    public void Comments_are_allowed() =>
        AssertPlain("{ // the task\n\"requirement\": \"Tell a from b.\", \"classes\": [\"a\", \"b\" /* all */]}");

    [Theory]
    [InlineData("""{"Requirement": "Tell a from b.", "CLASSES": ["a", "b"]}""")]
    [InlineData("""{"user_requirement": "Tell a from b.", "classNames": ["a", "b"]}""")]
    public void Field_names_may_be_in_another_case_or_style(string text) => AssertPlain(text);

    [Fact]
    public void Fields_may_be_missing()
    {
        RequirementReply reply = ReplyReader.Read("""{"requirement": "Tell a from b."}""");
        Assert.Equal((Modality.Unknown, 0, 0), (reply.Modality, reply.Classes.Count, reply.Descriptions.Count));
    }

    [Theory]
    [InlineData("""{"requirement": "Tell a from b.", "classes": "a, b"}""")]
    [InlineData("""{"requirement": "Tell a from b.", "classes": [{"name": "a"}, {"name": "b"}]}""")]
    public void Classes_may_be_one_text_or_objects(string text) => AssertPlain(text);

    [Fact]
    public void Numbers_and_truth_values_may_be_class_names() =>
        Assert.Equal(["0", "true"], ReplyReader.Read("""{"requirement": "x y", "classes": [0, true]}""").Classes);

    [Fact]
    public void Descriptions_may_be_an_object_by_classes_in_any_place()
    {
        RequirementReply reply = ReplyReader.Read(
            """{"requirement": "x y", "descriptions": {"b": "second", "a": "first"}, "classes": ["a", "b"]}""");
        Assert.Equal(["first", "second"], reply.Descriptions);
    }

    [Fact]
    public void Synonyms_may_be_lists()
    {
        RequirementReply reply = ReplyReader.Read(
            """{"requirement": "x y", "classes": ["a", "b"], "synonyms": [["alpha", "A"], []]}""");
        Assert.Equal(["alpha, A", ""], reply.Synonyms);
    }

    [Fact]
    public void Of_several_objects_the_fullest_counts_and_of_these_the_last()
    {
        const string less = """{"requirement": "Tell c from d."}""", other = """
            {"requirement": "Tell e from f.", "classes": ["e", "f"]}
            """;
        AssertPlain(other + Plain + less);
    }

    [Fact]
    public void Hidden_characters_and_line_breaks_are_left_out() =>
        AssertPlain("{\"requirement\": \"Tell\\na\\u200b from\\u0000b.\", \"classes\": [\"a\\u202e\", \"b\"]}");

    [Theory]
    [InlineData("", ReplyFault.NoObject)]
    [InlineData("I am sorry, I cannot do that.", ReplyFault.NoObject)]
    [InlineData("""{"requirement": "Tell a from""", ReplyFault.NoObject)]
    [InlineData("""{"answer": 42}""", ReplyFault.NoObject)]
    [InlineData("""{"requirement": "\ud800"}""", ReplyFault.NoObject)]
    [InlineData("""{"classes": ["a", "b"]}""", ReplyFault.NoSentence)]
    [InlineData("""{"requirement": 42, "classes": ["a", "b"]}""", ReplyFault.NoSentence)]
    public void What_is_no_reply_is_refused_by_its_name(string text, object fault) =>
        Assert.Equal(fault, Assert.Throws<ReplyException>(() => ReplyReader.Read(text)).Fault);

    [Fact]
    public void A_reply_of_endless_length_is_refused() => Assert.Equal(
        ReplyFault.TooLong,
        Assert.Throws<ReplyException>(() => ReplyReader.Read(Plain + new string(' ', ReplyReader.MaxLength))).Fault);

    private static void AssertPlain(string text)
    {
        RequirementReply reply = ReplyReader.Read(text);
        Assert.Equal("Tell a from b.", reply.Sentence);
        Assert.Equal(["a", "b"], reply.Classes);
    }
}
