// The closure is called, not awaited; its promise joins the reader's at the end.
async function renderReport(sections: readonly string[]): Promise<string> {
  const page = new TransformStream<string, string>({
    start: (controller) => controller.enqueue("<main>"),
    flush: (controller) => controller.enqueue("</main>"),
    transform: (section, controller) => controller.enqueue(`<section>${section}</section>`),
  });
  const render = async (): Promise<void> => {
    const writer = page.writable.getWriter();
    for (const section of sections) await writer.write(section);
    await writer.close();
  };
  const collect = async (): Promise<string> => {
    let html = "";
    for await (const part of page.readable) html += part;
    return html;
  };
  const [html] = await Promise.all([collect(), render()]);
  return html;
}

const html = await renderReport(["Flow", "Level"]);
if (html !== "<main><section>Flow</section><section>Level</section></main>") throw new Error(html);
