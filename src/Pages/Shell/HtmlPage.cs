using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Changeling.Pages.Shell;

/// <summary>Renders a component as a complete page: static HTML in UTF-8, in which every text of the model is encoded.</summary>
internal static class HtmlPage
{
    /// <summary>Writes the page.</summary>
    /// <typeparam name="TPage">The component.</typeparam>
    /// <param name="model">Its parameter <c>Model</c>.</param>
    /// <param name="file">Receives the page; it stays open.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static async Task WriteAsync<TPage>(object model, Stream file, CancellationToken cancellationToken)
        where TPage : IComponent
    {
        await using var services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        await using var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Model"] = model });
            var page = await renderer.RenderComponentAsync<TPage>(parameters);
            page.WriteHtmlTo(text);
        });
        await text.FlushAsync(cancellationToken);
    }
}
