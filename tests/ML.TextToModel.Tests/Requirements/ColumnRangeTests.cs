namespace ML.TextToModel.Requirements.Tests;

public sealed class ColumnRangeTests
{
    [Theory]
    [InlineData("length in centimetres, from 4.3 to 7.9", 4.3, 7.9)]
    [InlineData("Between -40 and 60 degrees", -40.0, 60.0)]
    [InlineData("1 to 5 stars", null, null)]
    [InlineData("from 5 to 1", null, null)]
    [InlineData("from 1 to many", null, null)]
    [InlineData("", null, null)]
    [InlineData(null, null, null)]
    public void A_range_is_read_from_words(string? text, double? low, double? high)
    {
        ColumnRange? range = ColumnRange.InWords(text);
        Assert.Equal((low, high), (range?.Low, range?.High));
    }

    [Fact]
    public void A_requirement_keeps_ranges_and_refuses_empty_ones()
    {
        TaskRequirement requirement = RequirementJson.Read(
            """{"inputs": {"columns": [{"name": "a", "kind": "numeric", "range": {"low": 1, "high": 2.5}}]}}""");
        Assert.Equal(new ColumnRange(1, 2.5), requirement.Inputs.Columns[0].Range);
        Assert.Equal(requirement, RequirementJson.Read(RequirementJson.Write(requirement)));
        Assert.Throws<RequirementException>(() => RequirementJson.Read(
            """{"inputs": {"columns": [{"name": "a", "kind": "numeric", "range": {"low": 2, "high": 2}}]}}"""));
    }
}
