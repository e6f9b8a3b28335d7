<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>The version before</source>
        <translation>이전 버전</translation>
    </message>
    <message>
        <source>%1, message %2</source>
        <translation>%1, %2번째 메시지</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2개 중 %1번째</translation>
    </message>
    <message>
        <source>The version after</source>
        <translation>다음 버전</translation>
    </message>
</context>
<context>
    <name>Answer</name>
    <message>
        <source>Voicebot: %1</source>
        <translation>Voicebot: %1</translation>
    </message>
    <message>
        <source>Stopped here: what is struck out was not heard</source>
        <translation>여기서 멈췄어요. 줄을 그은 부분은 들려드리지 못했어요</translation>
    </message>
    <message>
        <source>Say it again</source>
        <translation>다시 들려주기</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>답변 복사</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>다시 답하기</translation>
    </message>
    <message>
        <source>%1, message %2</source>
        <translation>%1, %2번째 메시지</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close the warning</source>
        <translation>경고 닫기</translation>
    </message>
</context>
<context>
    <name>BlockView</name>
    <message>
        <source>%1, message %2, part %3</source>
        <translation>%1, %2번째 메시지의 %3번째 부분</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>코드 복사</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>코드 복사</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Ask anything</source>
        <translation>무엇이든 물어보세요</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>보내기</translation>
    </message>
    <message>
        <source>Getting %1 ready…</source>
        <translation>%1 준비 중…</translation>
    </message>
    <message>
        <source>The microphone is armed: nothing is kept until you talk</source>
        <translation>마이크가 대기 중이에요. 말하기 전에는 아무것도 저장하지 않아요</translation>
    </message>
    <message>
        <source>The microphone is listening</source>
        <translation>마이크가 듣고 있어요</translation>
    </message>
    <message>
        <source>The microphone is closed</source>
        <translation>마이크가 꺼져 있어요</translation>
    </message>
</context>
<context>
    <name>ConversationRow</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>%1 더 보기</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>고정 해제</translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation>맨 위에 고정</translation>
    </message>
    <message>
        <source>Export as Markdown</source>
        <translation>Markdown으로 내보내기</translation>
    </message>
    <message>
        <source>Export as JSON</source>
        <translation>JSON으로 내보내기</translation>
    </message>
    <message>
        <source>Export with the recordings</source>
        <translation>녹음과 함께 내보내기</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>Empty</name>
    <message>
        <source>Hold Space and speak</source>
        <translation>스페이스 키를 누른 채 말해 보세요</translation>
    </message>
    <message>
        <source>Or tap it to begin and again to finish. Typing works too.</source>
        <translation>한 번 눌러 시작하고 다시 눌러 끝낼 수도 있어요. 글로 써도 돼요.</translation>
    </message>
    <message>
        <source>What time is it in Seoul?</source>
        <translation>서울은 지금 몇 시야?</translation>
    </message>
    <message>
        <source>Set a timer for five minutes</source>
        <translation>타이머 5분 맞춰 줘</translation>
    </message>
    <message>
        <source>What can you do?</source>
        <translation>뭘 할 수 있어?</translation>
    </message>
</context>
<context>
    <name>EngineMenu</name>
    <message>
        <source>Engines</source>
        <translation>엔진</translation>
    </message>
    <message>
        <source>Recognise with %1</source>
        <translation>%1(으)로 다시 인식</translation>
    </message>
    <message>
        <source>Answer with %1</source>
        <translation>%1(으)로 다시 답하기</translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>%1, message %2</source>
        <translation>%1, %2번째 메시지</translation>
    </message>
    <message>
        <source>With another engine</source>
        <translation>다른 엔진으로</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Conversations</source>
        <translation>대화 목록</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>새 대화</translation>
    </message>
    <message>
        <source>Hands-free</source>
        <translation>핸즈프리</translation>
    </message>
    <message>
        <source>Unmute the microphone</source>
        <translation>마이크 음소거 해제</translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation>마이크 음소거</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
</context>
<context>
    <name>KeyTest</name>
    <message>
        <source>Test my talk key</source>
        <translation>말하기 키 시험하기</translation>
    </message>
    <message>
        <source>Press Space here, or %1 anywhere.</source>
        <translation>여기서는 스페이스 키를, 다른 곳에서는 %1 키를 눌러 보세요.</translation>
    </message>
    <message>
        <source>Press Space here. To talk while another program has the focus, choose a key.</source>
        <translation>여기서 스페이스 키를 눌러 보세요. 다른 프로그램을 쓰면서 말하려면 키를 정해 주세요.</translation>
    </message>
    <message>
        <source>Key for everywhere</source>
        <translation>어디서나 쓸 키</translation>
    </message>
    <message>
        <source>F9, or Ctrl+Alt+Space</source>
        <translation>F9 또는 Ctrl+Alt+Space</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>사용</translation>
    </message>
    <message>
        <source>What arrived</source>
        <translation>들어온 키</translation>
    </message>
</context>
<context>
    <name>LookMenu</name>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Hands-free</source>
        <translation>핸즈프리</translation>
    </message>
    <message>
        <source>Test my talk key</source>
        <translation>말하기 키 시험하기</translation>
    </message>
    <message>
        <source>Colours as the system has them</source>
        <translation>시스템 색상 따르기</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>움직임 줄이기</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>“%1” was deleted</source>
        <translation>“%1” 대화를 삭제했어요</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>%1에 내보냈어요</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사했어요</translation>
    </message>
    <message>
        <source>The microphone is muted</source>
        <translation>마이크가 음소거되어 있어요</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>음소거 해제</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Conversation</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>맨 아래로</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Listening…</source>
        <translation>듣고 있어요…</translation>
    </message>
    <message>
        <source>Recognising…</source>
        <translation>알아듣는 중…</translation>
    </message>
    <message>
        <source>No speech heard</source>
        <translation>말소리가 들리지 않았어요</translation>
    </message>
    <message>
        <source>A recording that was not recognised</source>
        <translation>인식하지 못한 녹음</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>나: %1</translation>
    </message>
    <message>
        <source>Your question, edited</source>
        <translation>고친 질문</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>보내기</translation>
    </message>
    <message>
        <source>Play what you said</source>
        <translation>내 말 재생</translation>
    </message>
    <message>
        <source>Recognise it again</source>
        <translation>다시 인식하기</translation>
    </message>
    <message>
        <source>Edit and send again</source>
        <translation>고쳐서 다시 보내기</translation>
    </message>
    <message>
        <source>Copy your words</source>
        <translation>내 말 복사</translation>
    </message>
    <message>
        <source>%1, message %2</source>
        <translation>%1, %2번째 메시지</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>New conversation</source>
        <translation>새 대화</translation>
    </message>
    <message>
        <source>Search everything said</source>
        <translation>나눈 말 모두에서 찾기</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>대화 목록</translation>
    </message>
    <message>
        <source>Nothing like that was said</source>
        <translation>그런 말은 없었어요</translation>
    </message>
    <message>
        <source>What you talk about stands here</source>
        <translation>나눈 대화가 여기에 쌓여요</translation>
    </message>
</context>
<context>
    <name>TalkBar</name>
    <message>
        <source>Voicebot, small</source>
        <translation>Voicebot 작은 창</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>창 보기</translation>
    </message>
</context>
<context>
    <name>TalkButton</name>
    <message>
        <source>Muted</source>
        <translation>음소거됨</translation>
    </message>
    <message>
        <source>Just speak</source>
        <translation>그냥 말씀하세요</translation>
    </message>
    <message>
        <source>Hold or tap to talk</source>
        <translation>누르거나 눌러 두고 말하세요</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>듣는 중</translation>
    </message>
    <message>
        <source>Recognising</source>
        <translation>알아듣는 중</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>생각하는 중</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>말하는 중</translation>
    </message>
    <message>
        <source>Finish speaking</source>
        <translation>말하기 끝내기</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>말하기</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>스페이스</translation>
    </message>
</context>
<context>
    <name>TextInputField</name>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Clear %1</source>
        <translation>%1 지우기</translation>
    </message>
</context>
<context>
    <name>Thinking</name>
    <message>
        <source>Thinking</source>
        <translation>생각하는 중</translation>
    </message>
</context>
<context>
    <name>Timings</name>
    <message>
        <source>end of speech</source>
        <translation>말 끝</translation>
    </message>
    <message>
        <source>recognising</source>
        <translation>인식</translation>
    </message>
    <message>
        <source>thinking</source>
        <translation>생각</translation>
    </message>
    <message>
        <source>first sentence</source>
        <translation>첫 문장</translation>
    </message>
    <message>
        <source>voice</source>
        <translation>음성 합성</translation>
    </message>
    <message>
        <source>speaker</source>
        <translation>스피커</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>말하기</translation>
    </message>
    <message>
        <source>%1: %2 s</source>
        <translation>%1: %2초</translation>
    </message>
    <message>
        <source>%1, message %2</source>
        <translation>%1, %2번째 메시지</translation>
    </message>
    <message>
        <source>answered after %1 s</source>
        <translation>%1초 만에 답함</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Talk</source>
        <translation>말하기</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation>마이크 음소거</translation>
    </message>
    <message>
        <source>Show Voicebot</source>
        <translation>Voicebot 보기</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>음소거됨</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>listening</source>
        <translation>듣는 중</translation>
    </message>
    <message>
        <source>recognising</source>
        <translation>인식</translation>
    </message>
    <message>
        <source>thinking</source>
        <translation>생각</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>말하기</translation>
    </message>
</context>
</TS>
