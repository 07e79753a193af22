namespace Ocid.E2E.Tests;

[CollectionDefinition(nameof(TestMachine), DisableParallelization = true)]
public sealed class SharedMachine : ICollectionFixture<TestMachine>;
