namespace ML.TextToModel.Requirements.Tests;

public sealed class RequirementCardTests
{
    [Fact]
    public void The_card_keeps_neither_keys_nor_addresses_nor_what_it_does_not_know()
    {
        TaskRequirement requirement = RequirementJson.Read(
            """
            {
              "sentence": "Sort mail to ann@example.org as https://host.example/a?b=1 says, key sk-abcdef123456789.",
              "classes": [{"name": "work", "description": "mail from www.work.example", "colour": "red"}],
              "data": {"rows": 3, "sample": "a cell"},
              "remarks": ["The first cell is secret."],
              "endpoint": "https://llm.example", "modality": "text"
            }
            """);
        TaskRequirement card = RequirementCard.Of(requirement);
        Assert.Equal("Sort mail to [address] as [address] says, key [key].", card.Sentence);
        Assert.Equal("mail from [address]", card.Classes[0].Description);
        string json = RequirementJson.Write(card);
        foreach (string secret in new[] { "example", "sk-abc", "a cell", "red", "secret" })
            Assert.DoesNotContain(secret, json);
        Assert.Equal((Modality.Text, 3), (card.Modality, card.Data!.Rows));
    }
}
