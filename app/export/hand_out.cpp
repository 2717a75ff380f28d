// A lesson on paper.
#include "app/export/hand_out.h"

#include "app/export/studio.h"
#include "app/teach/lesson_files.h"
#include "app/teach/markup.h"

namespace homeroom::app {
namespace {

std::string in_html(const std::string& text) {
    std::string result;
    for (const char c : text)
        result += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    return result;
}

std::string marked(const std::string& text) {
    std::string html;
    for (const Span& span : spans_of(text)) {
        const std::string inner = in_html(span.text);
        html += span.mark == Span::Mark::code       ? "<code>" + inner + "</code>"
                : span.mark == Span::Mark::emphasis ? "<em>" + inner + "</em>"
                                                    : inner;
    }
    return html;
}

std::string paragraphs(const std::vector<std::string>& texts) {
    std::string html;
    for (const std::string& text : texts) html += "<p>" + marked(text) + "</p>\n";
    return html;
}

// A picture stays on the page of its card; the answers begin a page of their own.
constexpr char head[] = R"(<style>
body { font: 11pt/1.45 Inter, "WenQuanYi Micro Hei", sans-serif; max-width: 46rem;
  margin: 2rem auto; color: #222 }
h1 { font-size: 1.6rem } h2 { font-size: 1.15rem; margin-top: 2rem }
section { break-inside: avoid }
svg { width: 100%; height: auto; border: 1px solid #ccc; border-radius: 6px }
.run { color: #666; font: 0.8rem "DejaVu Sans Mono", monospace }
.question { font-weight: 600 }
ul { list-style: none; padding-left: 0.5rem } li::before { content: "☐  " }
.answers { break-before: page }
@page { margin: 18mm } @media print { body { margin: 0; max-width: none } }
</style>
)";

char letter(std::size_t i) { return static_cast<char>('a' + i); }

}  // namespace

std::string picture_of(const sim::RunOptions& run, std::size_t position, sim::Words words,
                       sim::Language language, std::size_t number) {
    Options options;
    options.run = run;
    options.words = words;
    options.language = language;
    options.still = true;
    Studio studio(options, {1280, 720});
    studio.frame().view().alone = true;
    studio.frame().view().acted = true;
    return studio.svg(position, 1.0, {"caption", "scene"}, "p" + std::to_string(number));
}

std::string hand_out_html(const std::string& name, sim::Words words, sim::Language language) {
    std::string error;
    const auto lesson = load_lesson(name, error);
    if (!lesson) return {};
    const sim::Script& script = lesson->script();
    std::string html = "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>" +
                       in_html(script.title) + "</title>\n" + head + "</head><body>\n<h1>" +
                       in_html(script.title) + "</h1>\n";
    std::string answers;
    for (std::size_t i = 0; i < lesson->scenes().size(); ++i) {
        const sim::Scene& scene = lesson->scenes()[i];
        const std::string number = std::to_string(i + 1);
        html += "<section>\n<h2>" + number + ". " + in_html(script.cards[i].title) + "</h2>\n" +
                paragraphs(lesson->text(i, words)) +
                picture_of(scene.run, scene.position, words, language, i) + "<p class=\"run\">" +
                in_html(sim::to_string(scene.run)) + " · " + std::to_string(scene.position) +
                "</p>\n";
        if (const auto& goal = script.cards[i].goal) {
            html += std::string("<p class=\"question\">") + sim::tr("Goal") + "</p>\n<ul>\n";
            for (const sim::Goal::Part& part : goal->parts)
                html += "<li>" + in_html(sim::words_of(part, words)) + "</li>\n";
            html += "</ul>\n";
        }
        if (const sim::Question* question = lesson->question(i, words)) {
            html += "<p class=\"question\">" + marked(question->prompt) + "</p>\n<ul>\n";
            for (std::size_t c = 0; c < question->choices.size(); ++c)
                html += std::string("<li>") + letter(c) + ") " + marked(question->choices[c].text) +
                        "</li>\n";
            html += "</ul>\n";
            answers += "<h2>" + number + ". " + in_html(script.cards[i].title) + "</h2>\n<p><b>" +
                       letter(question->right) + ") " +
                       marked(question->choices[question->right].text) + "</b> " +
                       marked(question->because) + "</p>\n" + paragraphs(lesson->after(i, words));
        }
        html += "</section>\n";
    }
    if (!answers.empty())
        html += std::string("<section class=\"answers\">\n<h1>") + sim::tr("Answers") + "</h1>\n" +
                answers + "</section>\n";
    return html + "</body></html>\n";
}

}  // namespace homeroom::app
