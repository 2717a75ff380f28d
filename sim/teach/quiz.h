// Questions drawn from runs that a seed picks: the same seed, the same quiz.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/teach/question.h"

namespace homeroom::sim {

struct QuizItem {
    RunOptions run;
    std::size_t position = 0;        // how many decisions have happened when it is asked
    std::string asks;                // the question as parse_question reads it
    std::vector<std::string> state;  // the school at that moment, in words, a line for each thing
    Question question;
};

// What is asked follows from the state and the rules alone: who is called where a table has just
// become free, where that name comes from, and what can be counted.
std::vector<QuizItem> make_quiz(std::uint64_t seed, std::size_t count, Words words);

enum class QuizFormat : std::uint8_t { text, md, json };
// `pictures`: a folder with a picture of each question, quiz_picture(1) and so on; "": there are
// none.
std::string quiz_text(const std::vector<QuizItem>& items, std::uint64_t seed, QuizFormat format,
                      const std::string& pictures = {});
std::string quiz_picture(std::size_t number);  // "question-1.svg"

// The quiz as the text of a lesson (script.h), a card for each question.
std::string quiz_script(const std::vector<QuizItem>& items, std::uint64_t seed);

// "table 0 holds clipboard 1 and teaches student 3", "clipboard 1: top line student 5; names 6, 7":
// a line for each table, clipboard, queue and thing where somebody is.
std::vector<std::string> state_in_words(const School& school, Words words);

}  // namespace homeroom::sim
