namespace KubeOps.Abstractions.Entities;

public enum PrinterColumnPriority
{
    StandardView,
    WideView,
}
