namespace Ocid.Storage.Tests.Drivers;

public sealed class VfsDriverTests() : LayerDriverContract("vfs", many: 100);
